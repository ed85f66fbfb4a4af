import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { Viewer } from '../shared/viewer.ts';

/** What became of a user's own mail, as a digest names it. */
export interface ArchivedSince {
  readonly since: Date;
  readonly total: number;
  readonly newest: readonly {
    readonly id: number;
    readonly subject: string;
    /** The names of some that it is filed on, "Jane Roe, Bob Hill". */
    readonly people: string;
  }[];
}

const SHOWN = 10;
const NAMED = 3;

/** The viewer's own emails that were archived since that moment, the newest of them by name. */
export async function findArchivedSince(
  db: Knex,
  viewer: Viewer,
  since: Date,
): Promise<ArchivedSince> {
  const rows = await queryRows<ArchivedSince['newest'][number] & { total: number }>(
    db,
    `select e.id, e.subject, e.total,
            coalesce((select string_agg(name, ', ') from (
                select trim(p.first_name || ' ' || p.last_name) as name
                  from email_people l join people p on p.id = l.person_id
                 where l.email_id = e.id and l.unlinked_by is null and p.deleted_at is null
                 order by p.sort_name, p.id limit ${NAMED}) r), '') as people
       from (select id, subject, count(*) over () as total from emails
              where owner_id = ? and state = 'archived' and created_at > ?
              order by id desc limit ${SHOWN}) e
      order by e.id desc`,
    [viewer.id, since],
  );
  const newest = rows.map(({ id, subject, people }) => ({ id, subject, people }));
  return { since, total: rows[0]?.total ?? 0, newest };
}
