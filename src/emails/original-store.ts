import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { Viewer } from '../shared/viewer.ts';
import { visibleTo } from './visible-to.ts';

export interface OriginalPlace {
  readonly originalId: number;
  readonly subject: string;
}

/**
 * The original of an email, for its owner who sent it to the archive; for others only where it tells them no more than the email
 * does: it is not wrapped in a forward of the owner's, nothing that came in the same message is kept
 * from them, and no blind copy is named in it but that to the archive.
 */
export async function findOriginal(
  db: Knex,
  viewer: Viewer,
  emailId: number,
): Promise<OriginalPlace | null> {
  const own = visibleTo(viewer);
  const others = visibleTo(viewer, 'o');
  const [row] = await queryRows<OriginalPlace>(
    db,
    `select m.original_id as "originalId", e.subject
       from emails e join inbound_messages m on m.id = e.inbound_message_id
      where e.id = ? and ${own.sql} and m.original_id is not null
        and ((e.owner_id = ? and e.handed_over_by is null) or (e.capture = 'copied'
              and not exists (select from emails o
                           where o.inbound_message_id = e.inbound_message_id and not ${others.sql})
              and not exists (select from email_participants p
                                join emails o on o.id = p.email_id
                               where o.inbound_message_id = e.inbound_message_id
                                 and p.role = 'bcc' and p.kind not in ('archive', 'owner'))))`,
    [emailId, ...own.bindings, viewer.id, ...others.bindings],
  );
  return row ?? null;
}
