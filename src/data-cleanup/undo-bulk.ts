import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import type { Viewer } from '../shared/viewer.ts';
import type { BulkDeps } from './bulk-store.ts';
import { undoDecision } from './undo-decision.ts';

const BATCH = 200;

/** Begins to take back what the viewer did, also while it is still being done. @returns false when it was not to be. */
export async function beginUndo(db: Knex, viewer: Viewer, bulkId: number): Promise<boolean> {
  const begun = await execute(
    db,
    `update bulk_actions set state = 'undoing', finished_at = null
      where id = ? and actor_id = ? and state in ('running', 'done')`,
    [bulkId, viewer.id],
  );
  return begun > 0;
}

/**
 * Takes back decisions of an action that is being undone, the latest first; one that can't be is left as
 * it is, and counted where the result is told.
 *
 * @returns whether nothing is left to be done.
 */
export async function undoSome(
  { db, log }: BulkDeps,
  viewer: Viewer,
  bulkId: number,
  most: number,
): Promise<boolean> {
  let before = Number.MAX_SAFE_INTEGER;
  let left = most;
  for (;;) {
    const ids = await findStanding(db, bulkId, before);
    for (const id of ids.slice(0, left)) {
      try {
        await undoDecision(db, viewer, id);
      } catch (error) {
        log.error({ err: error, bulkId, decisionId: id }, 'A decision could not be undone.');
      }
      before = id;
    }
    if (ids.length > left) return false;
    left -= ids.length;
    if (ids.length < BATCH) break;
  }
  await execute(
    db,
    `update bulk_actions set state = 'undone', finished_at = now() where id = ? and state = 'undoing'`,
    [bulkId],
  );
  return true;
}

async function findStanding(db: Knex, bulkId: number, before: number): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    db,
    `select d.id from decisions d join bulk_actions b on b.id = d.bulk_id
      where b.id = ? and b.state = 'undoing' and d.undone_at is null and d.id < ?
      order by d.id desc limit ${BATCH}`,
    [bulkId, before],
  );
  return rows.map(({ id }) => id);
}
