import { Router } from 'express';
import { recordAudit } from '../audit/audit-store.ts';
import { flash } from '../http/flash.ts';
import { readForm, typedIn } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { vcardOf } from '../http/vcard.ts';
import { createTranslate } from '../http/translation.ts';
import { findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import type { WebDeps } from '../web-deps.ts';
import { endSessions } from './end-sessions.ts';
import { logIn } from './log-in.ts';
import { ownAddressRoutes } from './own-address-routes.ts';
import { ownPasswordRoutes } from './own-password-routes.ts';
import { preferencesRoutes } from './preferences-routes.ts';
import { loadProfilePage } from './profile-page.ts';
import { saveProfile } from './profile-store.ts';
import { profileForm } from './user-forms.ts';

/** `/profile`: what users say of themselves, their addresses, and how they archive mail. */
export function profileRoutes(deps: WebDeps): Router {
  const { db, pages } = deps;
  const router = Router();
  const t = createTranslate();

  router.get('/profile', async (req, res) => {
    await pages.send(req, res, 200, 'profile/profile', await loadProfilePage(db, viewerOf(req)));
  });

  router.post('/profile', async (req, res) => {
    const viewer = viewerOf(req);
    const form = readForm(profileForm, req.body);
    if (form.kind === 'invalid') {
      const { name = '', timeZone = '', theme = '' } = typedIn(req.body);
      const settings = { values: { name, timeZone, theme }, errors: form.errors };
      const page = await loadProfilePage(db, viewer, { settings });
      await pages.send(req, res, 422, 'profile/profile', page);
      return;
    }
    await db.transaction(async (trx) => {
      await saveProfile(trx, viewer.id, form.value);
      await recordAudit(
        trx,
        'user.own-profile-changed',
        { userId: viewer.id, ...form.value },
        viewer.id,
      );
    });
    flash(req, { kind: 'success', text: 'profile.saved' });
    res.redirect(303, '/profile');
  });

  router.post('/profile/sign-out-others', async (req, res) => {
    const viewer = viewerOf(req);
    const { id } = viewer;
    const sessions = await db.transaction(async (trx) => {
      const others = Math.max(0, (await endSessions(trx, id)) - 1);
      await recordAudit(trx, 'user.signed-out-elsewhere', { userId: id, sessions: others }, id);
      return others;
    });
    await logIn(db, req, viewer);
    flash(req, { kind: 'success', text: 'profile.signedOut', values: { count: sessions } });
    res.redirect(303, '/profile#sign-in');
  });

  router.get('/profile/letterbook.vcf', async (_req, res) => {
    const mailbox = await findActiveMailbox(db);
    if (!mailbox) throw notFoundProblem();
    const card = vcardOf({ name: t('profile.archive.cardName'), email: mailbox.archive_address });
    res.set('Cache-Control', 'no-store').attachment('letterbook.vcf').type('text/vcard').send(card);
  });

  return router.use(ownAddressRoutes(deps), ownPasswordRoutes(deps), preferencesRoutes(deps));
}
