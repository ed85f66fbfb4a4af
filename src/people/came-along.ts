import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { visibleTo } from '../emails/visible-to.ts';
import type { Viewer } from '../shared/viewer.ts';

/** What a record gained with its addresses. */
export interface CameAlong {
  /** Emails linked at once that the viewer may see. */
  readonly emails: number;
  /** Whether there is so much that the rest follows later. */
  readonly more: boolean;
}

/** What this transaction has linked to the record. */
export async function countCameAlong(
  trx: Knex.Transaction,
  viewer: Viewer,
  personId: number,
): Promise<CameAlong> {
  const visible = visibleTo(viewer);
  // now() is the beginning of the transaction, and the time that its links bear.
  const rows = await queryRows<CameAlong>(
    trx,
    `select (select count(*) from email_people l join emails e on e.id = l.email_id
              where l.person_id = ? and l.created_at = now() and l.unlinked_by is null
                and ${visible.sql}) as emails,
            exists (select from pending_rematches where person_id = ?) as more`,
    [personId, ...visible.bindings, personId],
  );
  return rows[0] ?? { emails: 0, more: false };
}
