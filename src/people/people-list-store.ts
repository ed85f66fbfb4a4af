import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { PersonRow } from '../db/rows.ts';
import { visibleTo } from '../emails/visible-to.ts';
import { cutPage } from '../shared/cut-page.ts';
import type { Viewer } from '../shared/viewer.ts';
import { searchPatterns } from './search-patterns.ts';

/** A contact or lead in the list. */
export interface ListedPerson {
  readonly id: number;
  readonly name: string;
  /** '' for none, as with all that follow. */
  readonly account: string;
  readonly title: string;
  readonly phone: string;
  /** The primary one. */
  readonly address: string;
  /** When the last email that the viewer may see was sent. */
  readonly lastEmailAt: Date | null;
}

export interface PeopleQuery {
  readonly kind: PersonRow['kind'];
  /** Each word of it is in the name, the company or an address. */
  readonly text: string;
  /** The record that the page ends before, or begins after; both null for the first page. */
  readonly before: number | null;
  readonly after: number | null;
}

export interface PeopleList {
  readonly rows: readonly ListedPerson[];
  /** Whether there are more on either side of these. */
  readonly earlier: boolean;
  readonly later: boolean;
  /** How many there are on all pages; null: more than are counted. */
  readonly count: number | null;
}

const PAGE = 25;
/** A search that finds more than this goes through the list in its order instead. */
export const MAX_HITS = 1_000;
/** Counting all of a large directory would cost more than its page. */
const MAX_COUNTED = 10_000;

/** A page of the contacts or leads, by name. */
export async function listPeople(
  db: Knex,
  viewer: Viewer,
  query: PeopleQuery,
): Promise<PeopleList> {
  const patterns = searchPatterns(query.text);
  const hits = await findHits(db, query.kind, patterns);
  const filter = filterOf(query.kind, patterns, hits);
  const place = await findPlace(db, query);
  const backwards = place !== null && query.after === null;
  const places = await findPage(db, filter, place, backwards);
  const { shown, earlier, later } = cutPage(places, {
    size: PAGE,
    backwards,
    begun: place !== null,
  });
  const rows = await describe(db, viewer, shown);
  const count = patterns.length > 0 && hits === null ? null : await countAll(db, filter);
  return { rows, earlier, later, count };
}

interface Place {
  readonly name: string;
  readonly id: number;
}

/** Where the page begins; null: at the start, also when the record has gone. */
async function findPlace(db: Knex, { before, after }: PeopleQuery): Promise<Place | null> {
  const id = after ?? before;
  if (id === null) return null;
  const row = await db('people').where({ id }).first('sort_name');
  return row ? { name: row.sort_name, id } : null;
}

interface Filter {
  readonly sql: string;
  readonly bindings: Readonly<Record<string, unknown>>;
}

/**
 * The records in which the rarest word is found; null where there are too many to look at each, or
 * where nothing is sought.
 */
async function findHits(
  db: Knex,
  kind: PersonRow['kind'],
  patterns: readonly string[],
): Promise<readonly number[] | null> {
  for (const pattern of patterns) {
    const rows = await queryRows<{ id: number }>(
      db,
      `select id from (
         (select id from people
           where lower(first_name || ' ' || last_name) like :pattern
             and kind = :kind and deleted_at is null limit :limit)
         union
         (select p.id from person_addresses a join people p on p.id = a.person_id
           where a.address like :pattern and p.kind = :kind and p.deleted_at is null limit :limit)
         union
         (select p.id from accounts c join people p on p.account_id = c.id
           where lower(c.name) like :pattern and p.kind = :kind and p.deleted_at is null
           limit :limit)) found
        limit :limit`,
      { pattern, kind, limit: MAX_HITS + 1 },
    );
    if (rows.length <= MAX_HITS) return rows.map(({ id }) => id);
  }
  return null;
}

function filterOf(
  kind: PersonRow['kind'],
  patterns: readonly string[],
  hits: readonly number[] | null,
): Filter {
  const words = patterns.map(
    (_pattern, index) => `and (
         lower(p.first_name || ' ' || p.last_name) like :word${index}
      or lower(c.name) like :word${index}
      or exists (select from person_addresses a
                  where a.person_id = p.id and a.address like :word${index}))`,
  );
  const among = hits === null ? '' : 'and p.id = any(:hits)';
  return {
    sql: `people p left join accounts c on c.id = p.account_id
           where p.kind = :kind and p.deleted_at is null ${among} ${words.join(' ')}`,
    bindings: {
      kind,
      ...(hits === null ? {} : { hits }),
      ...Object.fromEntries(patterns.map((pattern, index) => [`word${index}`, pattern])),
    },
  };
}

async function findPage(
  db: Knex,
  filter: Filter,
  place: Place | null,
  backwards: boolean,
): Promise<number[]> {
  const [beyond, order] = backwards ? ['<', 'desc'] : ['>', 'asc'];
  const from = place ? `and (p.sort_name, p.id) ${beyond} (:name, :id)` : '';
  const rows = await queryRows<{ id: number }>(
    db,
    `select p.id from ${filter.sql} ${from}
      order by p.sort_name ${order}, p.id ${order} limit :limit`,
    { ...filter.bindings, ...place, limit: PAGE + 1 },
  );
  return rows.map(({ id }) => id);
}

async function countAll(db: Knex, filter: Filter): Promise<number | null> {
  const rows = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from (select from ${filter.sql} limit :most) few`,
    { ...filter.bindings, most: MAX_COUNTED + 1 },
  );
  const count = rows[0]?.count ?? 0;
  return count > MAX_COUNTED ? null : count;
}

async function describe(db: Knex, viewer: Viewer, ids: readonly number[]): Promise<ListedPerson[]> {
  const visible = visibleTo(viewer);
  return await queryRows<ListedPerson>(
    db,
    `select p.id, trim(p.first_name || ' ' || p.last_name) as name, coalesce(c.name, '') as account,
            p.title, p.phone,
            coalesce((select a.address from person_addresses a where a.person_id = p.id
                       order by a.is_primary desc, a.id limit 1), '') as address,
            (select l.sent_at from email_people l join emails e on e.id = l.email_id
              where l.person_id = p.id and l.unlinked_by is null and ${visible.sql}
              order by l.sent_at desc, l.email_id desc limit 1) as "lastEmailAt"
       from people p left join accounts c on c.id = p.account_id
      where p.id = any(?)
      order by array_position(?::integer[], p.id)`,
    [...visible.bindings, ids, ids],
  );
}
