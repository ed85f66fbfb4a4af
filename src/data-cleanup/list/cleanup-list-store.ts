import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { DecisionRow } from '../../db/rows.ts';
import { cutPage } from '../../shared/cut-page.ts';
import type { Capture } from '../../shared/outcome.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { inGroup, type ListFilter } from './list-filter.ts';
import { cursorOf, placeOf, type ListPlace } from './list-place.ts';
import { NOT_TAKEN } from '../bulk/not-taken.ts';

export type CleanupTab = 'unmatched' | 'discarded' | 'resolved';

/** An email in the list. */
export interface CleanupRow {
  readonly id: number;
  /** Its place in the list: what the next page begins after. */
  readonly cursor: string;
  readonly subject: string;
  readonly snippet: string;
  readonly capture: Capture;
  /** Who sent it to the archive and handed it over since; null: the viewer has sent it. */
  readonly handedOverBy: string | null;
  readonly sentAt: Date;
  /** The correspondent who decides, or the next best. */
  readonly name: string;
  readonly address: string;
  readonly attachments: number;
  /** Whether its sender was found not to be who it says. */
  readonly doubted: boolean;
  /** Of a resolved or discarded one: what was decided, by whom and when. */
  readonly decision: DecisionRow['kind'] | null;
  readonly by: string | null;
  readonly at: Date | null;
  /** The records of that decision which it is linked to, by name. */
  readonly people: readonly string[];
  /** Whether the decision was about another email, and this one came along with it. */
  readonly along: boolean;
}

export interface CleanupList {
  readonly rows: readonly CleanupRow[];
  /** Whether there are newer and older ones beside these. */
  readonly newer: boolean;
  readonly older: boolean;
}

const PAGE = 25;

/**
 * Where each tab's emails are found, and by what they are ordered. Resolved are those that wait no more
 * since somebody has decided, the latest decision first.
 */
const SOURCES: Readonly<Record<CleanupTab, { readonly where: string; readonly order: string }>> = {
  unmatched: { where: `state = 'unmatched' and ${NOT_TAKEN}`, order: 'id' },
  discarded: { where: `state = 'discarded'`, order: 'id' },
  resolved: { where: `state = 'archived' and decision_id is not null`, order: 'decision_id' },
};

/** A page of the viewer's own emails, newest first. Only those that wait are grouped. */
export async function listCleanup(
  db: Knex,
  viewer: Viewer,
  tab: CleanupTab,
  { before, after }: ListPlace,
  filter: ListFilter,
): Promise<CleanupList> {
  const backwards = after !== null;
  const { where, order } = SOURCES[tab];
  const direction = backwards ? 'asc' : 'desc';
  const place = placeOf(after ?? before);
  const [columns, asked] = order === 'id' ? ['id', ':first'] : [`${order}, id`, ':first, :second'];
  const places = await queryRows<{ id: number; rank: number }>(
    db,
    `select id, ${order} as rank from emails
      where owner_id = :viewer and ${where} and ${tab === 'unmatched' ? inGroup(filter) : 'true'}
        ${place === null ? '' : `and (${columns}) ${backwards ? '>' : '<'} (${asked})`}
      order by ${order} ${direction}, id ${direction} limit :limit`,
    { viewer: viewer.id, ...place, group: filter.group, limit: PAGE + 1 },
  );
  const page = cutPage(places, { size: PAGE, backwards, begun: before !== null });
  return { rows: await describe(db, page.shown), newer: page.earlier, older: page.later };
}

async function describe(
  db: Knex,
  places: readonly { readonly id: number; readonly rank: number }[],
): Promise<CleanupRow[]> {
  const rows = await queryRows<Omit<CleanupRow, 'cursor'>>(
    db,
    `select e.id, e.subject, e.capture, e.sent_at as "sentAt", left(e.text, 200) as snippet,
            g.name as "handedOverBy", coalesce(w.name, '') as name, coalesce(w.address, '') as address,
            (select count(*) from attachments f where f.email_id = e.id) as attachments,
            coalesce(m.verdict = 'fail', false) as doubted, d.kind as decision, u.name as by, d.at,
            array(select trim(p.first_name || ' ' || p.last_name)
                    from email_people l join people p on p.id = l.person_id
                   where l.email_id = e.id and l.unlinked_by is null and l.person_id in (
                         select n.person_id from decision_people n where n.decision_id = d.id)
                   order by p.sort_name, p.id) as people,
            coalesce(d.email_id <> e.id, false) as along
       from emails e
       join inbound_messages m on m.id = e.inbound_message_id
       left join decisions d on d.id = e.decision_id
       left join users u on u.id = d.actor_id
       left join decisions h on h.id = e.handed_over_by
       left join users g on g.id = h.actor_id
       left join lateral (
            select q.name, q.address
              from (select * from email_participants where email_id = e.id order by seq limit 200) q
             order by q.deciding desc, q.linkable desc, q.seq limit 1) w on true
      where e.id = any(?)`,
    [places.map(({ id }) => id)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return places.flatMap(({ id, rank }) => {
    const row = byId.get(id);
    return row ? [{ ...row, cursor: cursorOf(rank, id) }] : [];
  });
}

export interface CleanupCounts {
  readonly unmatched: number;
  readonly discarded: number;
  /** Those that wait in the open group, or all. */
  readonly listed: number;
  /** The newest of those: what comes later is in no list that was looked at before. */
  readonly through: number;
}

/** How many emails the viewer has in the tabs and in the open group. */
export async function countCleanup(
  db: Knex,
  viewer: Viewer,
  filter: ListFilter,
): Promise<CleanupCounts> {
  const [row] = await queryRows<CleanupCounts>(
    db,
    `select count(*) as unmatched, count(*) filter (where ${inGroup(filter)}) as listed,
            coalesce(max(id) filter (where ${inGroup(filter)}), 0) as through,
            (select count(*) from emails where owner_id = :viewer and state = 'discarded') as discarded
       from emails where owner_id = :viewer and state = 'unmatched' and ${NOT_TAKEN}`,
    { viewer: viewer.id, group: filter.group },
  );
  return row ?? { unmatched: 0, discarded: 0, listed: 0, through: 0 };
}

/** Which waiting email comes after one that was decided about: the next older in the list, else the newest. */
export async function findNextWaiting(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  filter: ListFilter,
): Promise<number | null> {
  const waiting = `select id from emails
     where owner_id = :viewer and state = 'unmatched' and ${inGroup(filter)} and ${NOT_TAKEN}`;
  const [row] = await queryRows<{ id: number | null }>(
    db,
    `select coalesce((${waiting} and id < :emailId order by id desc limit 1),
                     (${waiting} order by id desc limit 1)) as id`,
    { viewer: viewer.id, emailId, group: filter.group },
  );
  return row?.id ?? null;
}
