import { Router } from 'express';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { longPathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { MAX_BODY_BYTES } from './body-text.ts';
import { findBody, type StoredBody } from './body-store.ts';
import { textToHtml } from './compose-body.ts';
import { bodyQuery, type BodyQuery } from './mail-body.ts';
import { frameDocument, frameHeaders } from './mail-frame.ts';
import { renderBody } from './render-body.ts';

type Deps = Pick<WebDeps, 'db' | 'originals'>;

/** `/emails/:id/body`: the document in the frame, or in a window of its own. */
export function bodyRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/emails/:id/body', async (req, res) => {
    const email = await findBody(deps.db, viewerOf(req), longPathId(req.params.id), MAX_BODY_BYTES);
    if (!email) throw notFoundProblem();
    const query = bodyQuery.parse(req.query);
    const html = await documentOf(deps, email, query);
    res.set(frameHeaders(query.images)).type('html').send(html);
  });
  return router;
}

async function documentOf(deps: Deps, email: StoredBody, query: BodyQuery): Promise<string> {
  const title = email.subject;
  const text = () =>
    frameDocument({ title, html: `<div class="text">${textToHtml(email.text)}</div>` });
  if (email.bodyParts.length === 0 || query.view === 'text') return text();
  const body = await renderBody(deps, email, query.images);
  return body.kind === 'html' ? frameDocument({ title, html: body.html }) : text();
}
