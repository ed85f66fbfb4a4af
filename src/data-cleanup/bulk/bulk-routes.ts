import { Router, type Request, type Response } from 'express';
import { flash, type Flash } from '../../http/flash.ts';
import { createFormat, type Format } from '../../http/format.ts';
import { viewerOf } from '../../http/guards.ts';
import { notFoundProblem } from '../../http/http-problem.ts';
import { longPathId } from '../../http/path-id.ts';
import type { Page } from '../../http/pages.ts';
import type { Viewer } from '../../shared/viewer.ts';
import type { WebDeps } from '../../web-deps.ts';
import { bulkFlashes, skippedFlash } from './bulk-flashes.ts';
import { bulkForm } from './bulk-forms.ts';
import { loadBulkLinkPage, type BulkLinkPage } from './bulk-link-page.ts';
import { findBulkReport, type BulkReport } from './bulk-report.ts';
import { selectionIn, type BulkSelection } from './bulk-selection.ts';
import { findColleagues } from '../decisions/find-colleagues.ts';
import { findFirstWaiting, type BulkChoice } from './bulk-store.ts';
import { loadBulkSurePage } from './bulk-sure-page.ts';
import { decideInBulk, workOff } from './decide-in-bulk.ts';
import { filterIn, filterQuery, withFilter, type ListFilter } from '../list/list-filter.ts';
import { beginUndo } from '../undo/undo-bulk.ts';

type Deps = Pick<WebDeps, 'db' | 'pages' | 'log' | 'stopping'>;

export interface BulkPage extends Page {
  readonly report: BulkReport;
  /** Of the list that it was begun in: "by=domain", or ''. */
  readonly filterQuery: string;
  readonly told: Told;
  readonly skipped: readonly Told[];
}

type Told = Pick<Flash, 'text'> & { readonly values: NonNullable<Flash['values']> };

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
    const asked = { query: q ?? '', personId: null, list: filterIn(req.query) };
    const page = await loadBulkLinkPage(db, viewer, selection, asked);
    await pages.send(req, res, 200, 'data-cleanup/bulk-link', page);
  });

  router.get('/data-cleanup/bulk/:id', async (req, res) => {
    const report = await findBulkReport(db, viewerOf(req), longPathId(req.params.id));
    if (!report) throw notFoundProblem();
    const page = bulkPage(report, createFormat(viewerOf(req).timeZone), filterIn(req.query));
    await pages.send(req, res, 200, 'data-cleanup/bulk', page);
  });

  router.post('/data-cleanup/bulk/:id/undo', async (req, res) => {
    const viewer = viewerOf(req);
    const bulkId = longPathId(req.params.id);
    if (!(await findBulkReport(db, viewer, bulkId))) throw notFoundProblem();
    const filter = filterIn(req.query);
    if (await beginUndo(db, viewer, bulkId)) {
      const next = () => placeOfUndone(db, viewer, bulkId, filter);
      await workOff(deps, req, res, { bulkId, filter, next });
    } else {
      flash(req, { kind: 'info', text: 'cleanup.bulk.undoneAlready' });
      res.redirect(303, withFilter(`/data-cleanup/bulk/${bulkId}`, filter));
    }
  });
  return router;
}

function bulkPage(report: BulkReport, format: Format, filter: ListFilter): BulkPage {
  const [said] = bulkFlashes(report, format);
  const toldBy = ({ text, values = {} }: Flash): Told => ({ text, values });
  return {
    title: `cleanup.bulk.title.${report.kind}`,
    report,
    filterQuery: filterQuery(filter),
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
  if (form.do === 'link') {
    await link(deps, req, res, selection);
    return;
  }
  const colleagues = form.do === 'hand-over' ? await findColleagues(db, viewer) : [];
  const colleague = colleagues.find(({ id }) => id === form.userId) ?? null;
  if (form.do === 'hand-over' && colleague === null) {
    goBack(req, res, req.body, 'cleanup.done.noColleague');
    return;
  }
  const list = filterIn(req.body);
  const asked = { kind: form.do, colleague, list };
  const question = form.sure ? null : await loadBulkSurePage(db, viewer, selection, asked);
  if (question) {
    await pages.send(req, res, 200, 'data-cleanup/bulk-sure', question);
    return;
  }
  const choice: BulkChoice =
    form.do === 'hand-over' ? { kind: form.do, toUserId: colleague?.id ?? 0 } : { kind: form.do };
  await decideInBulk(deps, req, res, choice, selection);
}

/** The page that asks for the record says how many emails are meant. */
async function link(
  deps: Deps,
  req: Request,
  res: Response,
  selection: BulkSelection,
): Promise<void> {
  const { db, pages } = deps;
  const viewer = viewerOf(req);
  const form = bulkForm.parse(req.body ?? {});
  const { personId, add } = form;
  const asked = { query: form.q ?? '', personId, list: filterIn(req.body) };
  const page = await loadBulkLinkPage(db, viewer, selection, asked);
  if (page.personId === null) {
    const errors = { personId: 'cleanup.error.person' } as const;
    const shown: BulkLinkPage = { ...page, add, errors };
    await pages.send(req, res, 422, 'data-cleanup/bulk-link', shown);
    return;
  }
  const choice = { kind: 'link', personIds: [page.personId], addAddresses: add } as const;
  await decideInBulk(deps, req, res, choice, selection);
}

/** The groups it was begun from, else where the newest email of an action that was undone is to be seen. */
async function placeOfUndone(
  db: Deps['db'],
  viewer: Viewer,
  bulkId: number,
  filter: ListFilter,
): Promise<string> {
  const isOfGroups = filter.by !== 'none' && filter.group === null;
  const id = isOfGroups ? null : await findFirstWaiting(db, viewer, bulkId);
  return withFilter(id === null ? '/data-cleanup' : `/data-cleanup/${id}`, filter);
}

/** Back to the list with what was left out. */
function goBack(req: Request, res: Response, form: unknown, text: Flash['text']): void {
  flash(req, { kind: 'warning', text });
  res.redirect(303, withFilter('/data-cleanup', filterIn(form)));
}
