import { Router } from 'express';
import type { Pages } from './pages.ts';
import { statusPage } from './status-page.ts';
import type { StatusView } from './status-view.ts';

/** `/admin/status`: what runs, what is missing, and what became of the mail. */
export function statusRoutes(pages: Pages, status: () => Promise<StatusView>): Router {
  const router = Router();
  router.get('/status', async (req, res) => {
    await pages.send(req, res, 200, 'admin/status', statusPage(await status()));
  });
  return router;
}
