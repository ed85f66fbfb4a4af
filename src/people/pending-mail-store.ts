import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { visibleTo } from '../emails/visible-to.ts';
import type { Viewer } from '../shared/viewer.ts';

/** Counting more would take time, and tell nobody more. */
const MOST_PENDING = 10_000;

/**
 * How many emails are still to be linked to a record that has gained an address of very much mail, as
 * far as the viewer may see them; at most 10,000.
 */
export async function countPendingMail(
  db: Knex,
  viewer: Viewer,
  personId: number,
): Promise<number> {
  const visible = visibleTo(viewer);
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from (
       select distinct e.id from pending_rematches r
         join email_participants p on p.address = r.address and p.linkable
                                  and p.email_id > r.after_email_id
         join emails e on e.id = p.email_id and e.state in ('unmatched', 'archived')
        where r.person_id = ? and ${visible.sql}
          and not exists (select from email_people l
                           where l.email_id = e.id and l.person_id = r.person_id)
        limit ${MOST_PENDING}) s`,
    [personId, ...visible.bindings],
  );
  return row?.count ?? 0;
}
