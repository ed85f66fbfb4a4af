import type { Request, Response } from 'express';
import { flash } from '../../http/flash.ts';
import { createFormat } from '../../http/format.ts';
import { viewerOf } from '../../http/guards.ts';
import { notFoundProblem } from '../../http/http-problem.ts';
import type { WebDeps } from '../../web-deps.ts';
import { bulkFlashes } from './bulk-flashes.ts';
import { findBulkReport } from './bulk-report.ts';
import type { BulkSelection } from './bulk-selection.ts';
import { insertBulk, type BulkChoice } from './bulk-store.ts';
import { findRunningBulks } from './find-running-bulks.ts';
import { flashInList } from '../list/flash-in-list.ts';
import { filterIn, withFilter, type ListFilter } from '../list/list-filter.ts';
import { runBulk } from './run-bulk.ts';

type Deps = Pick<WebDeps, 'db' | 'log' | 'stopping'>;

/** Emails that the answer waits for; the rest is worked off meanwhile, and its page says how far it is. */
const AT_ONCE = 50;

/** Decides about all that is selected, as far as it is quickly done. */
export async function decideInBulk(
  deps: Deps,
  req: Request,
  res: Response,
  choice: BulkChoice,
  selection: BulkSelection,
  next?: () => Promise<string>,
): Promise<void> {
  const viewer = viewerOf(req);
  const filter = filterIn(req.body);
  const goOn = next ?? (() => Promise.resolve(withFilter('/data-cleanup', filter)));
  const bulkId = await insertBulk(deps.db, viewer, choice, selection);
  if (bulkId !== null) {
    await workOff(deps, req, res, { bulkId, filter, next: goOn });
    return;
  }
  // Pressed twice: the first press has all of them.
  const [running] = await findRunningBulks(deps.db, viewer);
  if (!running) flash(req, { kind: 'info', text: 'cleanup.bulk.gone' });
  res.redirect(303, running ? `/data-cleanup/bulk/${running.id}` : await goOn());
}

interface BulkPlace {
  readonly bulkId: number;
  /** The list that it was begun in. */
  readonly filter: ListFilter;
  /** Where one goes on once it is finished. */
  readonly next: () => Promise<string>;
}

/** Works an action off, or takes it back; what is not done at once goes on behind the answer. */
export async function workOff(
  deps: Deps,
  req: Request,
  res: Response,
  { bulkId, filter, next }: BulkPlace,
): Promise<void> {
  const viewer = viewerOf(req);
  const finished = await runBulk(deps, viewer, bulkId, AT_ONCE);
  const report = await findBulkReport(deps.db, viewer, bulkId);
  if (!report) throw notFoundProblem();
  if (finished) {
    const format = createFormat(viewer.timeZone);
    for (const one of bulkFlashes(report, format)) flashInList(req, one, filter);
    res.redirect(303, await next());
    return;
  }
  // When this process ends first, the worker's sweep goes on with it.
  void runBulk(deps, viewer, bulkId).catch((error: unknown) => {
    deps.log.error({ err: error, bulkId }, 'A bulk action was left to the next sweep.');
  });
  res.redirect(303, withFilter(`/data-cleanup/bulk/${bulkId}`, filter));
}
