import { Router } from 'express';
import { flash } from '../../http/flash.ts';
import { createFormat } from '../../http/format.ts';
import { viewerOf } from '../../http/guards.ts';
import { notFoundProblem } from '../../http/http-problem.ts';
import { idIn, longPathId } from '../../http/path-id.ts';
import type { WebDeps } from '../../web-deps.ts';
import { handledFlash } from '../list/cleanup-flashes.ts';
import { handOverEmail } from './hand-over-email.ts';
import { flashInList } from '../list/flash-in-list.ts';
import { filterIn, withFilter } from '../list/list-filter.ts';
import { nextAfter } from '../list/next-after.ts';

/** A waiting email goes to a colleague. */
export function handOverRoutes({ db }: Pick<WebDeps, 'db'>): Router {
  const router = Router();
  router.post('/data-cleanup/:id/hand-over', async (req, res) => {
    const viewer = viewerOf(req);
    const emailId = longPathId(req.params.id);
    const userId = idIn((req.body as { userId?: unknown } | undefined)?.userId) ?? 0;
    const done = await handOverEmail(db, viewer, emailId, userId);
    if (done.kind === 'not-found') throw notFoundProblem();
    if (done.kind === 'no-colleague') {
      flash(req, { kind: 'warning', text: 'cleanup.done.noColleague' });
      res.redirect(303, withFilter(`/data-cleanup/${emailId}`, filterIn(req.body)));
      return;
    }
    if (done.kind === 'handled') flash(req, handledFlash(done, createFormat(viewer.timeZone)));
    else {
      flashInList(req, {
        kind: 'success',
        text: 'cleanup.done.handedOver',
        values: { name: done.name },
        undo: `/decisions/${done.decisionId}/undo`,
      });
    }
    res.redirect(303, await nextAfter(db, viewer, emailId, filterIn(req.body)));
  });
  return router;
}
