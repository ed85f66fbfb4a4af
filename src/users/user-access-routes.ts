import { Router, type Request, type Response } from 'express';
import { flash } from '../http/flash.ts';
import { readForm, typedIn, type FieldErrors } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import { HttpProblem, notFoundProblem } from '../http/http-problem.ts';
import { pathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { deactivateUser } from './deactivate-user.ts';
import { mayChange } from './open-user.ts';
import { reactivateUser } from './reactivate-user.ts';
import { signUserOut } from './sign-user-out.ts';
import { letIn, permitted, tellProcessedAgain } from './user-answers.ts';
import { heirForm } from './user-forms.ts';
import { loadDeactivatePage } from './user-pages.ts';

/** Whether, and how, a user gets in. */
export function userAccessRoutes(deps: WebDeps): Router {
  const { db } = deps;
  const router = Router();

  for (const how of ['mail', 'show'] as const) {
    router.post(`/users/:id/link/${how}`, async (req: Request<{ id: string }>, res) => {
      const userId = pathId(req.params.id);
      await letIn(deps, req, viewerOf(req), { userId, how });
      res.redirect(303, `/admin/users/${userId}`);
    });
  }

  router.post('/users/:id/sign-out', async (req, res) => {
    const userId = pathId(req.params.id);
    const { sessions } = permitted(await signUserOut(db, viewerOf(req), userId));
    flash(req, { kind: 'success', text: 'users.signedOut', values: { count: sessions } });
    res.redirect(303, `/admin/users/${userId}`);
  });

  router.get('/users/:id/deactivate', async (req, res) => {
    await ask(deps, req, res, 200);
  });

  router.post('/users/:id/deactivate', async (req, res) => {
    await deactivate(deps, req, res);
  });

  router.post('/users/:id/reactivate', async (req, res) => {
    const userId = pathId(req.params.id);
    const done = permitted(await reactivateUser(db, viewerOf(req), userId));
    flash(req, { kind: 'success', text: 'users.reactivated' });
    tellProcessedAgain(req, done.processedAgain);
    res.redirect(303, `/admin/users/${userId}`);
  });

  return router;
}

async function ask(
  { db, pages }: WebDeps,
  req: Request,
  res: Response,
  status: 200 | 422,
  errors: FieldErrors = {},
): Promise<void> {
  const viewer = viewerOf(req);
  const userId = pathId(req.params.id);
  const form = { values: typedIn(req.body), errors };
  const page = await loadDeactivatePage(db, userId, form);
  if (!page) throw notFoundProblem();
  if (!mayChange(viewer, page.user)) throw new HttpProblem(403);
  await pages.send(req, res, status, 'users/deactivate', page);
}

async function deactivate(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(req);
  const userId = pathId(req.params.id);
  const form = readForm(heirForm, req.body);
  if (form.kind === 'invalid') {
    await ask(deps, req, res, 422, form.errors);
    return;
  }
  const done = permitted(await deactivateUser(deps.db, viewer, userId, form.value.heir));
  switch (done.kind) {
    case 'inactive-heir':
      await ask(deps, req, res, 422, { heir: 'users.error.heirGone' });
      return;
    case 'oneself':
      flash(req, { kind: 'warning', text: 'users.error.oneself' });
      break;
    case 'last-super-administrator':
      flash(req, { kind: 'warning', text: 'users.error.lastSuper' });
      break;
    case 'deactivated':
      flash(req, { kind: 'success', text: 'users.deactivated' });
      if (done.reassigned > 0) {
        const values = { count: done.reassigned };
        flash(req, { kind: 'info', text: 'users.handedOver', values });
      }
  }
  res.redirect(303, `/admin/users/${userId}`);
}
