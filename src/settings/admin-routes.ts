import { Router } from 'express';
import { viewerOf } from '../http/guards.ts';
import type { WebDeps } from '../web-deps.ts';
import { loadAdminPage, loadEmailConfigurationPage } from './admin-page.ts';

/** `/admin`: where administrators begin, and `/admin/email`, Email Configuration. */
export function adminRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();
  router.get('/', async (req, res) => {
    await pages.send(req, res, 200, 'admin/index', await loadAdminPage(db, viewerOf(req)));
  });
  router.get('/email', async (req, res) => {
    await pages.send(req, res, 200, 'admin/email', await loadEmailConfigurationPage(db));
  });
  return router;
}
