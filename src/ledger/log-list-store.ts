import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { LedgerState } from '../db/rows.ts';
import { cutPage } from '../shared/cut-page.ts';
import type { Capture, Outcome, Reason } from '../shared/outcome.ts';
import type { Viewer } from '../shared/viewer.ts';
import type { LogFilter, LogQuery } from './log-filter.ts';
import { placeCondition, type LogPlace } from './log-place.ts';
import { filterConditions, searchConditions } from './log-search.ts';
import { subjectFor } from './subject-for.ts';

/** A message in the archive log, as at receipt. */
export interface LogRow {
  readonly id: number;
  readonly storedAt: Date;
  readonly state: LedgerState;
  readonly outcome: Outcome | null;
  readonly reason: Reason | null;
  readonly capture: Capture | null;
  readonly ownerId: number | null;
  readonly owner: string | null;
  readonly ownerAddress: string | null;
  readonly from: string | null;
  readonly messageId: string | null;
  /** null where the viewer may not read the message. */
  readonly subject: string | null;
  /** Addresses of the records that matched. */
  readonly people: readonly string[];
  readonly error: string | null;
  readonly nextTryAt: Date | null;
}

export interface LogList {
  readonly rows: readonly LogRow[];
  /** Whether there are newer and older ones beside these. */
  readonly newer: boolean;
  readonly older: boolean;
}

const PAGE = 50;

/** A page of the log, newest first. */
export async function listLog(db: Knex, viewer: Viewer, query: LogQuery): Promise<LogList> {
  const backwards = query.after !== null;
  const found = await findPlaces(db, viewer, query, query, PAGE + 1);
  const page = cutPage(found, { size: PAGE, backwards, begun: query.before !== null });
  return { rows: await describe(db, viewer, page.shown), newer: page.earlier, older: page.later };
}

/** All of the log that the filter leaves, newest first, a page at a time in bounded memory. */
export async function* readFilteredLog(
  db: Knex,
  viewer: Viewer,
  filter: LogFilter,
): AsyncGenerator<LogRow> {
  const most = 1000;
  let before: number | null = null;
  for (;;) {
    const ids = await findPlaces(db, viewer, filter, { before, after: null }, most);
    yield* await describe(db, viewer, ids);
    before = ids.at(-1) ?? null;
    if (ids.length < most) return;
  }
}

/** The numbers of the messages of a page; newest first, oldest first where it goes backwards. */
async function findPlaces(
  db: Knex,
  viewer: Viewer,
  filter: LogFilter,
  place: LogPlace,
  limit: number,
): Promise<number[]> {
  const direction = place.after === null ? 'desc' : 'asc';
  const conditions = filterConditions(filter, viewer.timeZone);
  const limits = await placeCondition(db, place);
  if (limits) conditions.push(limits);
  const order = `order by stored_at ${direction}, id ${direction} limit ${String(limit)}`;
  const searches = searchConditions(filter.q)?.map((one) => [...conditions, one]) ?? [conditions];
  const branches = searches.map(
    (all) =>
      `(select m.id, m.stored_at from inbound_messages m where ${all.map(({ sql }) => sql).join(' and ')} ${order})`,
  );
  const rows = await queryRows<{ id: number }>(
    db,
    `select id from (${branches.join(' union ')}) found ${order}`,
    searches.flat().flatMap(({ bindings }) => bindings),
  );
  return rows.map(({ id }) => id);
}

/** The numbers of the newest messages that the filter leaves. */
export async function findLogIds(
  db: Knex,
  viewer: Viewer,
  filter: LogFilter,
  most: number,
): Promise<number[]> {
  return await findPlaces(db, viewer, filter, { before: null, after: null }, most);
}

async function describe(db: Knex, viewer: Viewer, ids: readonly number[]): Promise<LogRow[]> {
  if (ids.length === 0) return [];
  const subject = subjectFor(viewer);
  const rows = await queryRows<LogRow>(
    db,
    `select m.id, m.stored_at as "storedAt", m.state, m.outcome, m.reason, m.capture,
            m.owner_id as "ownerId", u.name as owner, a.address as "ownerAddress",
            m.from_address as "from", m.message_id as "messageId", ${subject.sql} as subject,
            m.people_addresses as people, m.error, m.next_try_at as "nextTryAt"
       from inbound_messages m
       left join users u on u.id = m.owner_id
       left join user_addresses a on a.user_id = m.owner_id and a.is_primary
      where m.id = any(?)`,
    [...subject.bindings, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
