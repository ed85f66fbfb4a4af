import { Router, type Request, type Response } from 'express';
import { flash, type Flash } from '../http/flash.ts';
import { createFormat, type Format } from '../http/format.ts';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { longPathId } from '../http/path-id.ts';
import type { Page } from '../http/pages.ts';
import type { Viewer } from '../shared/viewer.ts';
import type { WebDeps } from '../web-deps.ts';
import { bulkFlashes, skippedFlash } from './bulk-flashes.ts';
import { bulkForm } from './bulk-forms.ts';
import { loadBulkLinkPage, type BulkLinkPage } from './bulk-link-page.ts';
import { findBulkReport, type BulkReport } from './bulk-report.ts';
import { selectionIn, type BulkSelection } from './bulk-selection.ts';
import { findColleagues } from './find-colleagues.ts';
import { findFirstWaiting, insertBulk, type BulkChoice } from './bulk-store.ts';
import { filterIn, filterQuery } from './list-filter.ts';
import { runBulk } from './run-bulk.ts';
import { beginUndo } from './undo-bulk.ts';

type Deps = Pick<WebDeps, 'db' | 'pages' | 'log'>;

export interface BulkPage extends Page {
  readonly report: BulkReport;
  readonly told: Told;
  readonly skipped: readonly Told[];
}

type Told = Pick<Flash, 'text'> & { readonly values: NonNullable<Flash['values']> };

/** Emails that the answer waits for; the rest is worked off meanwhile, and its page says how far it is. */
const AT_ONCE = 50;

/** `/data-cleanup/bulk`: what is decided about many emails at once. */
export function bulkRoutes(deps: Deps): Router {
  const { db, pages } = deps;
  const router = Router();

  router.post('/data-cleanup/bulk', async (req, res) => {
    await begin(deps, req, res);
  });

  router.get('/data-cleanup/bulk/link', async (req, res) => {
    const viewer = viewerOf(req);
    const selection = selectionIn(req.query);
    if (!selection) {
      goBack(req, res, req.query, 'cleanup.bulk.none');
      return;
    }
    const { q } = bulkForm.parse(req.query);
    const page = await loadBulkLinkPage(db, viewer, selection, q ?? '');
    await pages.send(req, res, 200, 'data-cleanup/bulk-link', page);
  });

  router.get('/data-cleanup/bulk/:id', async (req, res) => {
    const report = await findBulkReport(db, viewerOf(req), longPathId(req.params.id));
    if (!report) throw notFoundProblem();
    const page = bulkPage(report, createFormat(viewerOf(req).timeZone));
    await pages.send(req, res, 200, 'data-cleanup/bulk', page);
  });

  router.post('/data-cleanup/bulk/:id/undo', async (req, res) => {
    const viewer = viewerOf(req);
    const bulkId = longPathId(req.params.id);
    if (!(await findBulkReport(db, viewer, bulkId))) throw notFoundProblem();
    if (await beginUndo(db, viewer, bulkId)) {
      const first = () => firstOfBulk(db, viewer, bulkId);
      await work(deps, req, res, bulkId, first);
    } else {
      flash(req, { kind: 'info', text: 'cleanup.bulk.undoneAlready' });
      res.redirect(303, `/data-cleanup/bulk/${bulkId}`);
    }
  });
  return router;
}

function bulkPage(report: BulkReport, format: Format): BulkPage {
  const [said] = bulkFlashes(report, format);
  const toldBy = ({ text, values = {} }: Flash): Told => ({ text, values });
  return {
    title: `cleanup.bulk.title.${report.kind}`,
    report,
    told: toldBy(said),
    skipped: report.skipped.map((one) => toldBy(skippedFlash(one, format))),
  };
}

async function begin(deps: Deps, req: Request, res: Response): Promise<void> {
  const { db, pages } = deps;
  const viewer = viewerOf(req);
  const selection = selectionIn(req.body);
  if (!selection) {
    goBack(req, res, req.body, 'cleanup.bulk.none');
    return;
  }
  const form = bulkForm.parse(req.body ?? {});
  if (form.do === 'hand-over') {
    const colleagues = await findColleagues(db, viewer);
    const colleague = colleagues.find(({ id }) => id === form.userId);
    if (colleague) {
      const choice = { kind: 'hand-over', toUserId: colleague.id } as const;
      await decideInBulk(deps, req, res, choice, selection);
    } else goBack(req, res, req.body, 'cleanup.done.noColleague');
    return;
  }
  if (form.do !== 'link') {
    await decideInBulk(deps, req, res, { kind: form.do }, selection);
    return;
  }
  const { personId, add } = form;
  const page = await loadBulkLinkPage(db, viewer, selection, form.q ?? '', personId);
  if (page.personId === null) {
    const errors = { personId: 'cleanup.error.person' } as const;
    const shown: BulkLinkPage = { ...page, add, errors };
    await pages.send(req, res, 422, 'data-cleanup/bulk-link', shown);
    return;
  }
  const choice = { kind: 'link', personId: page.personId, addAddresses: add } as const;
  await decideInBulk(deps, req, res, choice, selection);
}

/** Decides about all that is selected, as far as it is quickly done. */
export async function decideInBulk(
  deps: Deps,
  req: Request,
  res: Response,
  choice: BulkChoice,
  selection: BulkSelection,
  next: (viewer: Viewer) => Promise<string> = () => Promise.resolve(listOf(req.body)),
): Promise<void> {
  const viewer = viewerOf(req);
  const bulkId = await insertBulk(deps.db, viewer, choice, selection);
  if (bulkId === null) {
    flash(req, { kind: 'info', text: 'cleanup.bulk.gone' });
    res.redirect(303, await next(viewer));
  } else await work(deps, req, res, bulkId, () => next(viewer));
}

async function work(
  deps: Deps,
  req: Request,
  res: Response,
  bulkId: number,
  next: () => Promise<string>,
): Promise<void> {
  const viewer = viewerOf(req);
  const finished = await runBulk(deps, viewer, bulkId, AT_ONCE);
  const report = await findBulkReport(deps.db, viewer, bulkId);
  if (!report) throw notFoundProblem();
  if (finished) {
    const format = createFormat(viewer.timeZone);
    for (const one of bulkFlashes(report, format)) flash(req, one);
    res.redirect(303, await next());
    return;
  }
  // Should this process end first, the worker's sweep goes on with it.
  void runBulk(deps, viewer, bulkId).catch((error: unknown) => {
    deps.log.error({ err: error, bulkId }, 'A bulk action was left to the next sweep.');
  });
  res.redirect(303, `/data-cleanup/bulk/${bulkId}`);
}

/** Where the newest email of an action that was undone is to be seen. */
async function firstOfBulk(db: Deps['db'], viewer: Viewer, bulkId: number): Promise<string> {
  const id = await findFirstWaiting(db, viewer, bulkId);
  return id === null ? '/data-cleanup' : `/data-cleanup/${id}`;
}

/** Back to the list with what was left out. */
function goBack(req: Request, res: Response, form: unknown, text: Flash['text']): void {
  flash(req, { kind: 'warning', text });
  res.redirect(303, listOf(form));
}

/** The list that the form stood in: once its group is empty, the groups. */
function listOf(form: unknown): string {
  const query = filterQuery(filterIn(form));
  return query === '' ? '/data-cleanup' : `/data-cleanup?${query}`;
}
