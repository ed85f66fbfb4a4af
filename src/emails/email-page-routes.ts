import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { addAddressFromEmail } from '../data-cleanup/decisions/add-address-from-email.ts';
import { flash } from '../http/flash.ts';
import { readForm, typedIn } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import { HttpProblem, notFoundProblem } from '../http/http-problem.ts';
import { longPathId } from '../http/path-id.ts';
import { idInQuery } from '../http/query-fields.ts';
import type { MessageKey } from '../http/translation.ts';
import type { WebDeps } from '../web-deps.ts';
import { addedFlashes } from './email-flashes.ts';
import { emailQuery, loadEmailPage } from './email-page.ts';
import { setVisibility } from './set-visibility.ts';

type Deps = Pick<WebDeps, 'db' | 'originals' | 'pages'>;

/** "Whose address is this?": the record that gains it. */
const addressForm = z.object({ personId: idInQuery, address: z.string().catch('') });
const visibilityForm = z.object({ visibility: z.enum(['shared', 'private']) });

/** `/emails/:id`: an email with all that belongs to it, and what may be done about it. */
export function emailPageRoutes(deps: Deps): Router {
  const router = Router();

  router.get('/emails/:id', async (req, res) => {
    const id = longPathId(req.params.id);
    const page = await loadEmailPage(deps, viewerOf(req), id, emailQuery.parse(req.query));
    if (!page) throw notFoundProblem();
    await deps.pages.send(req, res, 200, 'emails/email', page);
  });

  router.post('/emails/:id/visibility', async (req, res) => {
    const id = longPathId(req.params.id);
    const form = readForm(visibilityForm, req.body);
    if (form.kind === 'invalid') throw new HttpProblem(400);
    const { visibility } = form.value;
    if (!(await setVisibility(deps.db, viewerOf(req), id, visibility))) throw notFoundProblem();
    flash(req, { kind: 'success', text: `emails.done.${visibility}` });
    res.redirect(303, `/emails/${id}`);
  });

  router.post('/emails/:id/address', async (req, res) => {
    await addAddress(deps, req, res, longPathId(req.params.id));
  });

  return router;
}

async function addAddress(deps: Deps, req: Request, res: Response, id: number): Promise<void> {
  const viewer = viewerOf(req);
  const again = async (error: MessageKey) => {
    const { address: who, q } = typedIn(req.body);
    const page = await loadEmailPage(deps, viewer, id, emailQuery.parse({ who, q }));
    if (!page) throw notFoundProblem();
    const whose = page.whose && { ...page.whose, error };
    await deps.pages.send(req, res, 422, 'emails/email', { ...page, whose } as typeof page);
  };
  const { personId, address } = addressForm.parse(req.body ?? {});
  if (personId === null) {
    await again('cleanup.error.person');
    return;
  }
  const done = await addAddressFromEmail(deps.db, viewer, id, { personId, address });
  if (done.kind === 'not-found') throw notFoundProblem();
  if (done.kind === 'no-person') await again('cleanup.error.personGone');
  else if (done.kind === 'no-address') await again('cleanup.error.noAddress');
  else {
    for (const one of addedFlashes(done, address)) flash(req, one);
    res.redirect(303, `/emails/${id}`);
  }
}
