import { Router } from 'express';
import { notFoundProblem } from '../http/http-problem.ts';
import { viewerOf } from '../http/guards.ts';
import { longPathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { bulkRoutes } from './bulk/bulk-routes.ts';
import { cleanupQuery, loadEmailPage, loadListPage } from './list/cleanup-page.ts';
import { decideRoutes } from './decisions/decide-routes.ts';
import { handOverRoutes } from './decisions/hand-over-routes.ts';
import { undoRoutes } from './undo/undo-routes.ts';

/** `/data-cleanup`: a user's emails that match nobody; decisions about emails, and their undoing. */
export function dataCleanupRoutes(
  deps: Pick<WebDeps, 'db' | 'pages' | 'originals' | 'log'>,
): Router {
  const { pages } = deps;
  const router = Router();

  router.get('/data-cleanup', async (req, res) => {
    const page = await loadListPage(deps, viewerOf(req), cleanupQuery.parse(req.query));
    await pages.send(req, res, 200, 'data-cleanup/data-cleanup', page);
  });

  router.get('/data-cleanup/:id', async (req, res) => {
    const query = cleanupQuery.parse(req.query);
    const page = await loadEmailPage(deps, viewerOf(req), longPathId(req.params.id), query);
    if (!page) throw notFoundProblem();
    await pages.send(req, res, 200, 'data-cleanup/data-cleanup', page);
  });

  return router.use(bulkRoutes(deps), decideRoutes(deps), handOverRoutes(deps), undoRoutes(deps));
}
