import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { BulkActionRow } from '../../db/rows.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** A bulk action of the viewer's that is not finished. */
export interface RunningBulk {
  readonly id: number;
  readonly kind: BulkActionRow['kind'];
  readonly state: BulkActionRow['state'];
}

/** The newest of them first, as many as a page has room for. */
export async function findRunningBulks(db: Knex, viewer: Viewer): Promise<RunningBulk[]> {
  return await queryRows(
    db,
    `select id, kind, state from bulk_actions
      where actor_id = ? and state in ('running', 'undoing') order by id desc limit 3`,
    [viewer.id],
  );
}
