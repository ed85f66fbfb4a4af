import { Router, type Request, type Response } from 'express';
import { flash } from '../http/flash.ts';
import { readForm, typedIn, type FieldErrors } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import { HttpProblem, notFoundProblem } from '../http/http-problem.ts';
import { pathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { admitUsers } from './admit-users.ts';
import { inviteAll } from './invite-all.ts';
import { takeShownLink } from './shown-link.ts';
import { userAccessRoutes } from './user-access-routes.ts';
import { userAddressRoutes } from './user-address-routes.ts';
import { letIn, tellProcessedAgain } from './user-answers.ts';
import { findUserDetails } from './user-details-store.ts';
import { createUserForm, tickedGroups } from './user-forms.ts';
import { userImportRoutes } from './user-import-routes.ts';
import {
  loadNewUserPage,
  loadUserPage,
  loadUsersPage,
  usersQuery,
  type Holder,
} from './user-pages.ts';
import { userSettingsRoutes } from './user-settings-routes.ts';

/** `/admin/users`: who may sign in, their groups and addresses. For administrators. */
export function userAdminRoutes(deps: WebDeps): Router {
  const { db, pages, secrets } = deps;
  const router = Router();

  router.get('/users', async (req, res) => {
    const page = await loadUsersPage(db, viewerOf(req), usersQuery.parse(req.query));
    await pages.send(req, res, 200, 'users/users', page);
  });

  router.get('/users/new', async (req, res) => {
    await pages.send(req, res, 200, 'users/new', await loadNewUserPage(db, viewerOf(req)));
  });

  router.post('/users', async (req, res) => {
    await create(deps, req, res);
  });

  router.use(userImportRoutes(deps));

  router.post('/users/invite-all', async (req, res) => {
    const count = await inviteAll(db, viewerOf(req));
    if (count === 'not-allowed') throw new HttpProblem(403);
    const text = count === 0 ? 'users.inviteAll.none' : 'users.inviteAll.done';
    flash(req, { kind: count === 0 ? 'info' : 'success', text, values: { count } });
    res.redirect(303, '/admin/users');
  });

  router.get('/users/:id', async (req, res) => {
    const userId = pathId(req.params.id);
    const link = takeShownLink(req, secrets, userId);
    const page = await loadUserPage(db, viewerOf(req), userId, { link });
    if (!page) throw notFoundProblem();
    await pages.send(req, res, 200, 'users/user', page);
  });

  return router.use(userSettingsRoutes(deps), userAddressRoutes(deps), userAccessRoutes(deps));
}

async function create(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { db, pages } = deps;
  const viewer = viewerOf(req);
  const form = readForm(createUserForm, req.body);
  const again = async (errors: FieldErrors, holder: Holder | null = null) => {
    const values = { ...typedIn(req.body), ...tickedGroups(req.body) };
    const page = await loadNewUserPage(db, viewer, { values, errors }, holder);
    await pages.send(req, res, 422, 'users/new', page);
  };
  if (form.kind === 'invalid') {
    await again(form.errors);
    return;
  }
  const { name, address, groups } = form.value;
  const [done] = await admitUsers(db, viewer, [{ name, email: address, groups }]);
  switch (done?.kind) {
    case undefined:
    case 'repeated':
      throw new Error('One user can be admitted or refused.');
    case 'not-allowed':
    case 'groups-not-allowed':
      throw new HttpProblem(403);
    case 'archive':
      await again({ address: 'users.error.archive' });
      return;
    case 'taken':
      await again({ address: 'users.error.taken' }, await findUserDetails(db, done.userId));
      return;
    case 'created':
      flash(req, { kind: 'success', text: 'users.created', values: { name } });
      tellProcessedAgain(req, done.processedAgain);
      await letIn(deps, req, viewer, { userId: done.userId, how: 'mail' });
      res.redirect(303, `/admin/users/${done.userId}`);
  }
}
