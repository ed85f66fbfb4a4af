import { Router } from 'express';
import { flash } from '../http/flash.ts';
import { typedIn } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import type { MessageKey } from '../http/translation.ts';
import type { WebDeps } from '../web-deps.ts';
import { changePassword, type ChangePasswordResult } from './change-password.ts';
import { logIn } from './log-in.ts';
import { sendPasswordChanged } from './send-password-changed.ts';
import { loadProfilePage } from './profile-page.ts';

/** The viewer's own password. Whoever changes it, its owner hears of it by mail. */
export function ownPasswordRoutes(deps: WebDeps): Router {
  const { db, pages } = deps;
  const router = Router();
  router.post('/profile/password', async (req, res) => {
    const viewer = viewerOf(req);
    const { currentPassword = '', password = '' } = typedIn(req.body);
    const passwords = { current: currentPassword, next: password };
    const done = await changePassword(db, viewer, passwords);
    if (done.kind === 'changed') {
      await logIn(db, req, viewer);
      sendPasswordChanged(deps, viewer);
      flash(req, { kind: 'success', text: 'profile.password.changed' });
      res.redirect(303, '/profile#sign-in');
      return;
    }
    const form = { values: {}, errors: errorsOf(done) };
    const page = await loadProfilePage(db, viewer, { password: form });
    await pages.send(req, res, done.kind === 'too-many' ? 429 : 422, 'profile/profile', page);
  });
  return router;
}

function errorsOf(
  done: Exclude<ChangePasswordResult, { kind: 'changed' }>,
): Record<string, MessageKey> {
  switch (done.kind) {
    case 'wrong-password':
      return { currentPassword: 'profile.error.password' };
    case 'weak':
      return { password: done.problem };
    case 'too-many':
      return { currentPassword: 'profile.error.tooManyTries' };
  }
}
