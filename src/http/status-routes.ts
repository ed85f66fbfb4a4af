import { Router } from 'express';
import type { Pages } from './pages.ts';
import { statusPage } from './status-page.ts';
import type { StatusView } from './status-view.ts';

/** `/`: what runs, what is missing, and what became of the mail. */
export function statusRoutes(pages: Pages, status: () => Promise<StatusView>): Router {
  const router = Router();
  router.get('/', async (_req, res) => {
    await pages.send(res, 200, 'home/status', statusPage(await status()));
  });
  return router;
}
