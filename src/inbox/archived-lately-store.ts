import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { visibleTo } from '../emails/visible-to.ts';
import type { NamedPerson } from '../people/named-person.ts';
import type { Viewer } from '../shared/viewer.ts';

/** An archived email, as Home names it. */
export interface ArchivedEmail {
  readonly id: number;
  readonly subject: string;
  /** Whose mail it is. */
  readonly by: string;
  readonly own: boolean;
  readonly at: Date;
  readonly people: readonly NamedPerson[];
  /** All of them, however many are named. */
  readonly peopleCount: number;
}

const SHOWN = 8;
const NAMED = 3;

/** The newest archived emails that the viewer may see. */
export async function findArchivedLately(db: Knex, viewer: Viewer): Promise<ArchivedEmail[]> {
  const visible = visibleTo(viewer);
  return await queryRows<ArchivedEmail>(
    db,
    `select e.id, e.subject, u.name as by, e.owner_id = ? as own, e.created_at as at,
            coalesce((
              select json_agg(r) from (
                select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name
                  from email_people l join people p on p.id = l.person_id
                 where l.email_id = e.id and l.unlinked_by is null and p.deleted_at is null
                 order by p.sort_name, p.id limit ${NAMED}) r), '[]') as people,
            (select count(*) from email_people l join people p on p.id = l.person_id
              where l.email_id = e.id and l.unlinked_by is null and p.deleted_at is null)
              as "peopleCount"
       from (select * from emails e where e.state = 'archived' and ${visible.sql}
              order by e.id desc limit ${SHOWN}) e
       join users u on u.id = e.owner_id
      order by e.id desc`,
    [viewer.id, ...visible.bindings],
  );
}

/** Whether anything that the viewer sent to the archive was archived. */
export async function hasArchived(db: Knex, viewer: Viewer): Promise<boolean> {
  const [row] = await queryRows<{ found: boolean }>(
    db,
    `select exists (select from emails where owner_id = ? and state = 'archived') as found`,
    [viewer.id],
  );
  return row?.found === true;
}
