import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { NamedPerson } from '../../people/named-person.ts';
import { cutPage } from '../../shared/cut-page.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { GROUP_KEYS } from './list-filter.ts';
import { placeOf, type ListPlace } from './list-place.ts';
import { NOT_TAKEN } from '../bulk/not-taken.ts';

/** Waiting emails with one address, or from one domain. */
export interface CleanupGroup {
  /** The address or the domain; '' for emails that name no correspondent. */
  readonly key: string;
  readonly cursor: string;
  readonly count: number;
  /** How many different addresses they have. */
  readonly addresses: number;
  /** Of the newest one. */
  readonly subject: string;
  readonly name: string;
  readonly sentAt: Date;
  /** Of an address: the records that have it. A match of somebody who does not decide archives nothing. */
  readonly people: readonly NamedPerson[];
}

export interface CleanupGroups {
  readonly groups: readonly CleanupGroup[];
  /** How many there are on all pages. */
  readonly total: number;
  readonly newer: boolean;
  readonly older: boolean;
}

const PAGE = 25;
const SHOWN_PEOPLE = 3;

type Found = Pick<CleanupGroup, 'key' | 'count' | 'addresses'> & {
  readonly newest: number;
  readonly total: number;
};

/** A page of the groups of what waits for the viewer, the largest first. */
export async function listGroups(
  db: Knex,
  viewer: Viewer,
  by: keyof typeof GROUP_KEYS,
  { before, after }: ListPlace,
): Promise<CleanupGroups> {
  const backwards = after !== null;
  const place = placeOf(after ?? before);
  const direction = backwards ? 'asc' : 'desc';
  const found = await queryRows<Found>(
    db,
    `select * from (
       select ${GROUP_KEYS[by]} as key, count(*) as count, max(id) as newest, count(*) over () as total,
              ${by === 'address' ? '1' : 'count(distinct about_address)'} as addresses
         from emails where owner_id = :viewer and state = 'unmatched' and ${NOT_TAKEN}
        group by 1) g
      ${place === null ? '' : `where (count, newest) ${backwards ? '>' : '<'} (:first, :second)`}
      order by count ${direction}, newest ${direction} limit :limit`,
    { viewer: viewer.id, ...place, limit: PAGE + 1 },
  );
  const page = cutPage(found, { size: PAGE, backwards, begun: before !== null });
  return {
    groups: await describe(db, page.shown),
    total: found[0]?.total ?? 0,
    newer: page.earlier,
    older: page.later,
  };
}

async function describe(db: Knex, found: readonly Found[]): Promise<CleanupGroup[]> {
  type Newest = Pick<CleanupGroup, 'subject' | 'name' | 'sentAt' | 'people'> & { id: number };
  const rows = await queryRows<Newest>(
    db,
    `select e.id, e.subject, e.sent_at as "sentAt",
            coalesce((select p.name from email_participants p
                       where p.email_id = e.id and p.address = e.about_address and p.linkable
                       order by p.deciding desc, p.seq limit 1), '') as name,
            (select coalesce(jsonb_agg(m), '[]') from (
               select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name
                 from person_addresses a join people p on p.id = a.person_id
                where a.address = e.about_address and p.deleted_at is null
                order by p.id limit ${SHOWN_PEOPLE}) m) as people
       from emails e where e.id = any(?)`,
    [found.map(({ newest }) => newest)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap(({ key, count, addresses, newest }) => {
    const row = byId.get(newest);
    if (!row) return [];
    const { subject, name, sentAt, people } = row;
    return [{ key, count, addresses, cursor: `${count}-${newest}`, subject, name, sentAt, people }];
  });
}
