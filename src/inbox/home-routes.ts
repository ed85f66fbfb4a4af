import { Router } from 'express';
import { viewerOf } from '../http/guards.ts';
import type { WebDeps } from '../web-deps.ts';
import { checklistRoutes } from './checklist-routes.ts';
import { loadHomePage } from './home-page.ts';
import { inboxRoutes } from './inbox-routes.ts';

/** `/`: the Inbox, what was archived lately, and what is still to be set up. */
export function homeRoutes(deps: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();
  router.get('/', async (req, res) => {
    await deps.pages.send(req, res, 200, 'home/home', await loadHomePage(deps.db, viewerOf(req)));
  });
  return router.use(inboxRoutes(deps), checklistRoutes(deps));
}
