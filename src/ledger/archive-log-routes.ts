import { Router } from 'express';
import { recordAudit } from '../audit/audit-store.ts';
import { flash } from '../http/flash.ts';
import { requireSuperAdministrator, viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { longPathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { logQuery } from './log-filter.ts';
import { readFilteredLog } from './log-list-store.ts';
import { findHeldOriginal, findLogMessage } from './log-message-store.ts';
import { loadLogMessagePage, loadLogPage } from './log-page.ts';
import { processAgainRoutes } from './process-again-routes.ts';
import { sendLog } from './send-log.ts';
import { sendOriginal } from './send-original.ts';
import { tryMessageAgain } from './try-message-again.ts';

/** `/admin/log`: what became of every message, and why; the guard of /admin lets administrators in. */
export function archiveLogRoutes(deps: Pick<WebDeps, 'db' | 'pages' | 'originals'>): Router {
  const { db, pages } = deps;
  const router = Router();

  router.get('/log', async (req, res) => {
    const page = await loadLogPage(db, viewerOf(req), logQuery.parse(req.query));
    await pages.send(req, res, 200, 'log/list', page);
  });

  router.get('/log/download', async (req, res) => {
    const viewer = viewerOf(req);
    const { before: _before, after: _after, ...filter } = logQuery.parse(req.query);
    await db.transaction(async (trx) => {
      await recordAudit(trx, 'log.downloaded', filter, viewer.id);
    });
    await sendLog(res, 'archive-log.csv', readFilteredLog(db, viewer, filter));
  });

  router.use(processAgainRoutes(deps));

  router.get('/log/:id', async (req, res) => {
    const page = await loadLogMessagePage(db, viewerOf(req), longPathId(req.params.id));
    if (!page) throw notFoundProblem();
    await pages.send(req, res, 200, 'log/message', page);
  });

  router.get('/log/:id/original', requireSuperAdministrator, async (req, res) => {
    const id = longPathId(req.params.id);
    const original = await findHeldOriginal(db, id);
    if (!original) throw notFoundProblem();
    await db.transaction(async (trx) => {
      await recordAudit(trx, 'log.original-read', { message: id }, viewerOf(req).id);
    });
    await sendOriginal(res, deps, { id, ...original });
  });

  router.post('/log/:id/try-again', async (req, res) => {
    const viewer = viewerOf(req);
    const id = longPathId(req.params.id);
    if (!(await findLogMessage(db, viewer, id))) throw notFoundProblem();
    const tried = await db.transaction(async (trx) => {
      const begun = await tryMessageAgain(trx, id);
      if (begun) await recordAudit(trx, 'log.tried-again', { message: id }, viewer.id);
      return begun;
    });
    flash(
      req,
      tried
        ? { kind: 'success', text: 'log.tryAgain.done' }
        : { kind: 'info', text: 'log.tryAgain.not' },
    );
    res.redirect(303, `/admin/log/${String(id)}`);
  });

  return router;
}
