import { Router } from 'express';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { longPathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { MAX_BODY_BYTES } from './body-text.ts';
import { findBody, type StoredBody } from './body-store.ts';
import { textToHtml } from './compose-body.ts';
import type { FoldedHtml } from './fold-html.ts';
import { isForwardSubject } from './forward-subject.ts';
import { createTranslate } from '../http/translation.ts';
import { bodyQuery, ROWS_OF_A_FRAME, type BodyQuery } from './mail-body.ts';
import { tickInQuery } from '../http/query-fields.ts';
import { frameDocument, frameHeaders } from './mail-frame.ts';
import { renderBody } from './render-body.ts';

type Deps = Pick<WebDeps, 'db' | 'originals'>;

const t = createTranslate();
/** `whole`: alone in its window, a mail has all the room that it wants. */
const frameQuery = bodyQuery.extend({ whole: tickInQuery });

/** `/emails/:id/body`: the document in the frame, or in a window of its own. */
export function bodyRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/emails/:id/body', async (req, res) => {
    const email = await findBody(deps.db, viewerOf(req), longPathId(req.params.id), MAX_BODY_BYTES);
    if (!email) throw notFoundProblem();
    const query = frameQuery.parse(req.query);
    const { html, rows } = await bodyOf(deps, email, query);
    const isLong = !query.whole && rows > ROWS_OF_A_FRAME;
    const showWhole = isLong ? t('emails.body.showWhole') : null;
    const document = frameDocument({ title: email.subject, html, showWhole });
    res.set(frameHeaders(query.images)).type('html').send(document);
  });
  return router;
}

async function bodyOf(deps: Deps, email: StoredBody, query: BodyQuery): Promise<FoldedHtml> {
  const forwarded = isForwardSubject(email.subject);
  const text = () => textToHtml(email.text, { forwarded, words: t('emails.body.showQuoted') });
  if (email.bodyParts.length === 0 || query.view === 'text') return text();
  const body = await renderBody(deps, email, query.images);
  return body.kind === 'html' ? body : text();
}
