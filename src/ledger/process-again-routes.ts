import { Router, type Request } from 'express';
import type { Knex } from 'knex';
import { z } from 'zod';
import { recordAudit } from '../audit/audit-store.ts';
import { flash } from '../http/flash.ts';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { longPathId } from '../http/path-id.ts';
import type { Viewer } from '../shared/viewer.ts';
import type { WebDeps } from '../web-deps.ts';
import { logAddress, logQuery } from './log-filter.ts';
import { findLogIds } from './log-list-store.ts';
import { loadProcessAgainPage } from './process-again-page.ts';
import {
  beginReprocessing,
  confirmReprocessing,
  findReprocessing,
  MOST_AGAIN,
} from './reprocessing-store.ts';

const chosenIds = z
  .preprocess(
    (value: unknown): unknown => (Array.isArray(value) ? value : [value]),
    z
      .array(
        z
          .string()
          .regex(/^\d{1,15}$/)
          .transform(Number),
      )
      .max(MOST_AGAIN),
  )
  .catch([]);

/** `/admin/log/again`: messages of the log by today's rules, compared first and then applied. */
export function processAgainRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();

  router.post('/log/again', async (req, res) => {
    const viewer = viewerOf(req);
    const { ids, from } = await chosen(db, viewer, req);
    const begun = await db.transaction(async (trx) => {
      const made = await beginReprocessing(trx, viewer, ids);
      const detail = { number: made?.id, messages: ids.length };
      if (made) await recordAudit(trx, 'log.compared-again', detail, viewer.id);
      return made;
    });
    if (!begun) {
      flash(req, {
        kind: 'info',
        text: ids.length === 0 ? 'log.again.none' : 'log.again.notAllowed',
      });
      res.redirect(303, from);
      return;
    }
    if (begun.leftOut > 0) {
      flash(req, { kind: 'info', text: 'log.again.leftOut', values: { count: begun.leftOut } });
    }
    res.redirect(303, `/admin/log/again/${begun.id}`);
  });

  router.get('/log/again/:id', async (req, res) => {
    const page = await loadProcessAgainPage(db, viewerOf(req), longPathId(req.params.id));
    if (!page) throw notFoundProblem();
    await pages.send(req, res, 200, 'log/again', page);
  });

  router.post('/log/again/:id/apply', async (req, res) => {
    const viewer = viewerOf(req);
    const id = longPathId(req.params.id);
    if (!(await findReprocessing(db, viewer, id))) throw notFoundProblem();
    const messages = await db.transaction(async (trx) => {
      const count = await confirmReprocessing(trx, id);
      const detail = { number: id, messages: count };
      if (count > 0) await recordAudit(trx, 'log.process-again-confirmed', detail, viewer.id);
      return count;
    });
    if (messages === 0) flash(req, { kind: 'info', text: 'log.again.nothingToApply' });
    res.redirect(303, `/admin/log/again/${id}`);
  });

  return router;
}

/** The messages that were ticked, or the newest of all that the filter leaves. */
async function chosen(
  db: Knex,
  viewer: Viewer,
  req: Request,
): Promise<{ readonly ids: readonly number[]; readonly from: string }> {
  const body = req.body as Record<string, unknown>;
  const { before: _before, after: _after, ...filter } = logQuery.parse(body);
  const from = `/admin/log${logAddress(filter)}`;
  if (body.all !== 'yes') return { ids: chosenIds.parse(body.ids), from };
  return { ids: await findLogIds(db, viewer, filter, MOST_AGAIN), from };
}
