import { Router, type Request, type Response } from 'express';
import { flash } from '../http/flash.ts';
import { readForm, typedIn } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { pathId } from '../http/path-id.ts';
import { isAdministrator } from '../shared/viewer.ts';
import type { WebDeps } from '../web-deps.ts';
import { renameUser } from './rename-user.ts';
import { setGroups } from './set-groups.ts';
import { permitted } from './user-answers.ts';
import { groupsForm, renameForm, tickedGroups } from './user-forms.ts';
import { loadUserPage, type UserPageParts } from './user-pages.ts';

/** A user's name and groups. */
export function userSettingsRoutes(deps: Pick<WebDeps, 'db' | 'pages'>): Router {
  const { db } = deps;
  const router = Router();

  router.post('/users/:id/name', async (req, res) => {
    const userId = pathId(req.params.id);
    const form = readForm(renameForm, req.body);
    if (form.kind === 'invalid') {
      const { name = '' } = typedIn(req.body);
      await again(deps, req, res, userId, { rename: { values: { name }, errors: form.errors } });
      return;
    }
    permitted(await renameUser(db, viewerOf(req), userId, form.value.name));
    flash(req, { kind: 'success', text: 'users.renamed' });
    res.redirect(303, `/admin/users/${userId}`);
  });

  router.post('/users/:id/groups', async (req, res) => {
    const userId = pathId(req.params.id);
    const viewer = viewerOf(req);
    const { groups } = groupsForm.parse(req.body ?? {});
    const done = permitted(await setGroups(db, viewer, userId, groups));
    if (done === 'last-super-administrator') {
      const errors = { groups: 'users.error.lastSuper' } as const;
      await again(deps, req, res, userId, { groups: { values: tickedGroups(req.body), errors } });
      return;
    }
    flash(req, { kind: 'success', text: 'users.groupsSaved' });
    const stays = userId !== viewer.id || isAdministrator({ groups });
    res.redirect(303, stays ? `/admin/users/${userId}` : '/');
  });

  return router;
}

/** The user's page with a form that came back. */
async function again(
  { db, pages }: Pick<WebDeps, 'db' | 'pages'>,
  req: Request,
  res: Response,
  userId: number,
  parts: UserPageParts,
): Promise<void> {
  const page = await loadUserPage(db, viewerOf(req), userId, parts);
  if (!page) throw notFoundProblem();
  await pages.send(req, res, 422, 'users/user', page);
}
