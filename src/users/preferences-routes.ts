import { Router } from 'express';
import { flash } from '../http/flash.ts';
import { viewerOf } from '../http/guards.ts';
import type { WebDeps } from '../web-deps.ts';
import { preferencesForm, loadPreferencesPage } from './preferences-page.ts';
import { savePreferences } from './preferences-store.ts';

/** `/preferences`: what a user is told of, and how pages behave. */
export function preferencesRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();

  router.get('/preferences', async (req, res) => {
    const page = await loadPreferencesPage(db, viewerOf(req));
    await pages.send(req, res, 200, 'profile/preferences', page);
  });

  router.post('/preferences', async (req, res) => {
    const viewer = viewerOf(req);
    const chosen = preferencesForm.parse(req.body ?? {});
    await db.transaction(async (trx) => {
      await savePreferences(trx, viewer, chosen);
    });
    flash(req, { kind: 'success', text: 'preferences.saved' });
    res.redirect(303, '/preferences');
  });
  return router;
}
