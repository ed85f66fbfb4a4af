import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** The one email that waits for the viewer; null where none or several do. */
export async function findOnlyWaiting(db: Knex, viewer: Viewer): Promise<number | null> {
  const rows = await queryRows<{ id: number }>(
    db,
    `select id from emails where owner_id = ? and state = 'unmatched' limit 2`,
    [viewer.id],
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}
