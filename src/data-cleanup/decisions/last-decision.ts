import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { Viewer } from '../../shared/viewer.ts';

/**
 * What the viewer decided last about an email of their own, or one that they handed over and may have
 * back: a form takes it back.
 */
export interface LastDecision {
  /** Where the form is sent. */
  readonly undo: string;
}

/**
 * A bulk action that was taken back as far as could be is taken back no more: what stands of it is, one by
 * one.
 *
 * @returns null when nothing was decided in the last day: what is older is taken back where it is listed.
 */
export async function findLastDecision(db: Knex, viewer: Viewer): Promise<LastDecision | null> {
  const [row] = await queryRows<{ id: number; bulkId: number | null }>(
    db,
    `select d.id, b.id as "bulkId"
       from decisions d join emails e on e.id = d.email_id
       left join bulk_actions b on b.id = d.bulk_id and b.state in ('running', 'done')
      where d.actor_id = :viewer and d.undone_at is null
        and case d.kind when 'hand-over' then e.handed_over_by = d.id and e.state = 'unmatched'
                        else e.owner_id = :viewer end
        and d.at > now() - interval '1 day'
      order by d.at desc, d.id desc limit 1`,
    { viewer: viewer.id },
  );
  return row ? { undo: undoPath(row) } : null;
}

/** The form that takes back a decision, with all that was decided at the same time. */
function undoPath({ id, bulkId }: { readonly id: number; readonly bulkId: number | null }): string {
  return bulkId === null ? `/decisions/${id}/undo` : `/data-cleanup/bulk/${bulkId}/undo`;
}
