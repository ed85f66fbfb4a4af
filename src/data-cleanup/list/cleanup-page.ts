import { z } from 'zod';
import { bodyQuery, loadMailBody, type MailBodyView } from '../../emails/mail-body.ts';
import { initialsOf, type Page } from '../../http/pages.ts';
import type { Viewer } from '../../shared/viewer.ts';
import type { WebDeps } from '../../web-deps.ts';
import { findCleanupEmail, type CleanupEmail } from './cleanup-email-store.ts';
import {
  countCleanup,
  listCleanup,
  type CleanupCounts,
  type CleanupList,
  type CleanupRow,
  type CleanupTab,
} from './cleanup-list-store.ts';
import { createView, type CreateView } from '../decisions/create-view.ts';
import { findColleagues, type Colleagues } from '../decisions/find-colleagues.ts';
import { listGroups, type CleanupGroups } from './group-store.ts';
import { findLastDecision, type LastDecision } from '../decisions/last-decision.ts';
import { findRunningBulks, type RunningBulk } from '../bulk/find-running-bulks.ts';
import { listAround } from './list-around.ts';
import { filterFields, filterQuery, type ListFilter } from './list-filter.ts';
import { placeFields, placeQuery, type ListPlace } from './list-place.ts';
import { deletedAfter, DISCARDED_DAYS } from '../retention.ts';
import { matchQuery } from './match-query.ts';
import { matchView, whomToMatch, type MatchView } from './match-view.ts';

interface ListView extends Omit<CleanupList, 'rows'> {
  readonly rows: readonly (CleanupRow & { readonly initials: string })[];
}

export interface CleanupPage extends Page {
  readonly tab: CleanupTab;
  readonly counts: CleanupCounts;
  readonly list: ListView;
  readonly filter: ListFilter;
  /** "by=domain&group=acme.example", or ''. */
  readonly filterQuery: string;
  /** Instead of emails, where they are grouped and no group is open. */
  readonly groups: CleanupGroups | null;
  /** "?by=domain&before=123": the page of the list that is shown, to come back to it. */
  readonly place: string;
  /** On a phone either the list or the mail is shown. */
  readonly showing: 'list' | 'mail';
  readonly email: CleanupEmail | null;
  readonly body: MailBodyView | null;
  /** So many days a discarded email is kept. */
  readonly days: number;
  /** When this one is deleted. */
  readonly deletedAt: Date | null;
  /** Whether the heading of the email takes the focus: it was asked for, and nothing in it. */
  readonly focus: boolean;
  readonly match: MatchView | null;
  readonly create: CreateView | null;
  /** What one key takes back; null when the viewer has decided nothing of late. */
  readonly last: LastDecision | null;
  /** Whether the page listens to single keys. */
  readonly keys: boolean;
  /** What is being done in bulk just now. */
  readonly running: readonly RunningBulk[];
  /** To whom waiting emails may be handed over; none in other tabs. */
  readonly colleagues: Colleagues;
}

/** What the address of the page may ask for; whatever is no such thing counts as not given. */
export const cleanupQuery = z.object({
  tab: z.enum(['unmatched', 'discarded', 'resolved']).catch('unmatched'),
  ...filterFields,
  ...placeFields,
  ...matchQuery.shape,
  do: z.enum(['contact', 'lead']).nullable().catch(null),
  ...bodyQuery.shape,
});
export type CleanupQuery = z.infer<typeof cleanupQuery>;

type Deps = Pick<WebDeps, 'db' | 'originals'>;

/** The list alone, or beside it on wide screens its first email. */
export async function loadListPage(
  deps: Deps,
  viewer: Viewer,
  query: CleanupQuery,
): Promise<CleanupPage> {
  const { db } = deps;
  const { tab, by } = query;
  if (tab === 'unmatched' && by !== 'none' && query.group === null) {
    const groups = await listGroups(db, viewer, by, query);
    if (groups.groups.length === 0 && isWithin(query)) {
      return await loadListPage(deps, viewer, fromStart(query));
    }
    const list = { rows: [], newer: false, older: false };
    const parts = { query, tab, list, groups, email: null, showing: 'list' } as const;
    return await pageOf(deps, viewer, parts);
  }
  const list = await listCleanup(db, viewer, tab, query, query);
  if (list.rows.length === 0 && (isWithin(query) || query.group !== null)) {
    return await loadListPage(deps, viewer, fromStart(query));
  }
  const first = list.rows[0];
  const email = first ? await findCleanupEmail(db, viewer, first.id) : null;
  return await pageOf(deps, viewer, { query, tab, list, groups: null, email, showing: 'list' });
}

function isWithin({ before, after }: ListPlace): boolean {
  return before !== null || after !== null;
}

/** Once a page of the list is empty, its first; once a group is, the groups. */
function fromStart(query: CleanupQuery): CleanupQuery {
  const group = isWithin(query) ? query.group : null;
  return { ...query, before: null, after: null, group };
}

/** The page of one email; null when it is not the viewer's own. */
export async function loadEmailPage(
  deps: Deps,
  viewer: Viewer,
  emailId: number,
  query: CleanupQuery,
): Promise<CleanupPage | null> {
  const { db } = deps;
  const email = await findCleanupEmail(db, viewer, emailId);
  if (!email) return null;
  const tab = tabOf(email);
  const list = await listAround(db, viewer, tab, email, query);
  const shown = { ...query, ...list.filter };
  return await pageOf(deps, viewer, {
    query: shown,
    tab,
    list,
    groups: null,
    email,
    showing: 'mail',
  });
}

function tabOf({ state }: CleanupEmail): CleanupTab {
  return state === 'archived' ? 'resolved' : state;
}

interface Parts {
  readonly query: CleanupQuery;
  readonly tab: CleanupTab;
  readonly list: CleanupList;
  readonly groups: CleanupGroups | null;
  readonly email: CleanupEmail | null;
  readonly showing: 'list' | 'mail';
}

async function pageOf(
  deps: Deps,
  viewer: Viewer,
  { query, tab, list, groups, email, showing }: Parts,
): Promise<CleanupPage> {
  const { db } = deps;
  const waiting = email?.state === 'unmatched' ? email : null;
  const about = waiting ? whomToMatch(waiting, query.about ?? query.address) : null;
  return {
    title: `cleanup.title.${tab}`,
    tab,
    counts: await countCleanup(db, viewer, query),
    list: { ...list, rows: list.rows.map(withInitials) },
    filter: { by: query.by, group: query.group },
    filterQuery: filterQuery(query),
    groups,
    place: placeQuery(query),
    showing,
    email,
    body: email && (await bodyOf(deps, viewer, email, query)),
    days: DISCARDED_DAYS,
    deletedAt: email?.discardedAt ? deletedAfter(email.discardedAt) : null,
    focus:
      showing === 'mail' &&
      query.q === null &&
      query.about === null &&
      query.do === null &&
      query.view === 'html' &&
      !query.images,
    match: waiting && !query.do ? await matchView(db, viewer, waiting, about, query) : null,
    colleagues: tab === 'unmatched' ? await findColleagues(db, viewer) : [],
    create:
      waiting && query.do ? await createView(db, viewer, waiting, { kind: query.do, about }) : null,
    last: await findLastDecision(db, viewer),
    running: await findRunningBulks(db, viewer),
    keys: viewer.keyboardShortcuts,
  };
}

async function bodyOf(
  deps: Deps,
  viewer: Viewer,
  { id }: CleanupEmail,
  query: CleanupQuery,
): Promise<MailBodyView | null> {
  return await loadMailBody(deps, viewer, id, { query, here: `/data-cleanup/${id}` });
}

function withInitials(row: CleanupRow) {
  return { ...row, initials: initialsOf(row.name || row.address) };
}
