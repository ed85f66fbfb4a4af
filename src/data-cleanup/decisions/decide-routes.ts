import { Router, type Request, type Response } from 'express';
import { flash } from '../../http/flash.ts';
import { createFormat } from '../../http/format.ts';
import { readForm, typedIn, type FieldErrors } from '../../http/forms.ts';
import { viewerOf } from '../../http/guards.ts';
import { notFoundProblem } from '../../http/http-problem.ts';
import { longPathId } from '../../http/path-id.ts';
import type { MessageKey } from '../../http/translation.ts';
import type { Viewer } from '../../shared/viewer.ts';
import type { WebDeps } from '../../web-deps.ts';
import { discardedFlash, handledFlash, linkedFlashes } from '../list/cleanup-flashes.ts';
import { cleanupQuery, loadEmailPage, type CleanupPage } from '../list/cleanup-page.ts';
import { createFromEmail } from './create-from-email.ts';
import { findLinkable, type CreateView } from './create-view.ts';
import { discardAlong } from '../bulk/discard-along.ts';
import { createForm } from './decision-forms.ts';
import { checkWaiting, type Handled, type NotFound } from './decision-store.ts';
import { workOff } from '../bulk/decide-in-bulk.ts';
import { discardEmail } from './discard-email.ts';
import { guessNewRecord } from './guess-new-record.ts';
import { linkAlong } from '../bulk/link-along.ts';
import { linkEmail } from './link-email.ts';
import { flashInList } from '../list/flash-in-list.ts';
import { filterIn, withFilter } from '../list/list-filter.ts';
import { matchFieldsIn, matchQuery } from '../list/match-query.ts';
import { nextAfter } from '../list/next-after.ts';
import { picksIn } from '../bulk/picks.ts';

type Deps = Pick<WebDeps, 'db' | 'pages' | 'originals' | 'log' | 'stopping'>;

/** What a user does about an email that waits: link, create, discard. */
export function decideRoutes(deps: Deps): Router {
  const router = Router();
  router.post('/data-cleanup/:id/link', async (req, res) => {
    await link(deps, req, res, longPathId(req.params.id));
  });
  for (const kind of ['contact', 'lead'] as const) {
    router.post(`/data-cleanup/:id/${kind}`, async (req: Request<{ id: string }>, res) => {
      await create(deps, req, res, { emailId: longPathId(req.params.id), kind });
    });
  }
  router.post('/data-cleanup/:id/discard', async (req, res) => {
    const viewer = viewerOf(req);
    const emailId = longPathId(req.params.id);
    const { never = '' } = typedIn(req.body);
    if (never === '' && (await discardAlong(deps, req, res, emailId))) return;
    const done = await discardEmail(deps.db, viewer, emailId, never === '' ? null : never);
    if (done.kind === 'no-rule') {
      flash(req, { kind: 'warning', text: 'cleanup.done.noRule' });
      res.redirect(303, withFilter(`/data-cleanup/${emailId}`, filterIn(req.body)));
      return;
    }
    if (done.kind !== 'discarded') refuse(req, viewer, done);
    else flashInList(req, discardedFlash(done));
    await toNext(deps, req, emailId, res);
  });
  return router;
}

async function link(deps: Deps, req: Request, res: Response, emailId: number) {
  const { db } = deps;
  const viewer = viewerOf(req);
  const { people, make } = picksIn(req.body);
  if (people.length === 0 && make.length === 0) {
    await askAgain(deps, req, res, { emailId, error: 'cleanup.error.person' });
    return;
  }
  const { add, along, through } = matchQuery.parse(req.body ?? {});
  const create = await Promise.all(make.map((one) => guessNewRecord(db, viewer, emailId, one)));
  const choice = { people, create, addAddress: add };
  // With the addresses, the others come along by themselves.
  const { done, bulkId } =
    along && !add
      ? await linkAlong(db, viewer, { emailId, through: through ?? 0 }, choice)
      : { done: await linkEmail(db, viewer, emailId, choice), bulkId: null };
  if (done.kind === 'no-address') {
    await askAgain(deps, req, res, { emailId, error: 'cleanup.error.noAddress' });
  } else if (done.kind === 'no-person') {
    const isOnly = done.gone.length === people.length;
    const error = isOnly ? 'cleanup.error.personGone' : 'cleanup.error.someGone';
    await askAgain(deps, req, res, { emailId, error });
  } else if (bulkId !== null) {
    const filter = filterIn(req.body);
    const next = () => nextAfter(db, viewer, emailId, filter);
    await workOff(deps, req, res, { bulkId, filter, next });
  } else {
    const format = createFormat(viewer.timeZone);
    if (done.kind !== 'linked') refuse(req, viewer, done);
    else
      for (const one of linkedFlashes('cleanup.done.linked', done, format)) flashInList(req, one);
    await toNext({ db }, req, emailId, res);
  }
}

/** Shows the email again with what is wrong; what was ticked still is. */
async function askAgain(
  deps: Deps,
  req: Request,
  res: Response,
  { emailId, error }: { readonly emailId: number; readonly error: MessageKey },
): Promise<void> {
  const query = cleanupQuery.parse({ ...filterIn(req.body), ...matchFieldsIn(req.body) });
  const page = await loadEmailPage(deps, viewerOf(req), emailId, query);
  if (!page) throw notFoundProblem();
  if (!page.match) {
    await goOn(deps, req, res, emailId);
    return;
  }
  const errors = { personId: error };
  const match = { ...page.match, searched: false, turned: false, errors };
  const shown: CleanupPage = { ...page, match, focus: false };
  await deps.pages.send(req, res, 422, 'data-cleanup/data-cleanup', shown);
}

async function create(
  deps: Deps,
  req: Request<{ id: string }>,
  res: Response,
  { emailId, kind }: { readonly emailId: number; readonly kind: 'contact' | 'lead' },
) {
  const { db, pages } = deps;
  const viewer = viewerOf(req);
  const form = readForm(createForm, req.body);
  const page = await loadEmailPage(
    deps,
    viewer,
    emailId,
    cleanupQuery.parse({ ...filterIn(req.body), do: kind }),
  );
  if (!page) throw notFoundProblem();
  const again = async (errors: FieldErrors, duplicates: CreateView['duplicates']) => {
    if (!page.create) await goOn({ db }, req, res, emailId);
    else {
      const create = { ...page.create, form: { values: typedIn(req.body), errors }, duplicates };
      const shown: CleanupPage = { ...page, create, focus: false };
      await pages.send(req, res, 422, 'data-cleanup/data-cleanup', shown);
    }
  };
  if (form.kind === 'invalid') {
    await again(form.errors, []);
    return;
  }
  const { others, ...record } = form.value;
  const name = `${record.firstName} ${record.lastName}`;
  const duplicates = await findLinkable(db, { name, address: record.address });
  if (page.create && duplicates.some(({ id }) => !others.includes(id))) {
    await again({ form: 'cleanup.error.duplicate' }, duplicates);
    return;
  }
  const done = await createFromEmail(db, viewer, emailId, { kind, ...record });
  if (done.kind !== 'created') refuse(req, viewer, done);
  else {
    const made = { ...done, names: [name.trim()] };
    const format = createFormat(viewer.timeZone);
    for (const one of linkedFlashes('cleanup.done.created', made, format)) flashInList(req, one);
  }
  await toNext({ db }, req, emailId, res);
}

/** The form can't be shown again, since somebody was faster. */
async function goOn(
  { db }: Pick<Deps, 'db'>,
  req: Request,
  res: Response,
  emailId: number,
): Promise<void> {
  const viewer = viewerOf(req);
  const standing = await checkWaiting(db, viewer, emailId);
  if (standing.kind !== 'waiting') refuse(req, viewer, standing);
  await toNext({ db }, req, emailId, res);
}

/** Says why nothing was done. @throws a 404 for an email that is not the viewer's. */
function refuse(req: Request, viewer: Viewer, result: Handled | NotFound): void {
  if (result.kind === 'not-found') throw notFoundProblem();
  flash(req, handledFlash(result, createFormat(viewer.timeZone)));
}

/** On with the next email that waits. */
async function toNext(
  { db }: Pick<Deps, 'db'>,
  req: Request,
  emailId: number,
  res: Response,
): Promise<void> {
  res.redirect(303, await nextAfter(db, viewerOf(req), emailId, filterIn(req.body)));
}
