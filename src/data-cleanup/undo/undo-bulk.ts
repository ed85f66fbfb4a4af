import type { Knex } from 'knex';
import { execute, queryRows } from '../../db/query-rows.ts';
import { isStopping } from '../../shared/stoppable.ts';
import type { Viewer } from '../../shared/viewer.ts';
import type { BulkActionRow } from '../../db/rows.ts';
import type { BulkDeps } from '../bulk/bulk-store.ts';
import { undoDecision } from './undo-decision.ts';
import { undoMany } from './undo-many.ts';

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
  deps: BulkDeps,
  viewer: Viewer,
  bulkId: number,
  most: number,
): Promise<boolean> {
  const { db, log } = deps;
  let before = Number.MAX_SAFE_INTEGER;
  let left = most;
  for (;;) {
    const { kind, ids } = await findNextToUndo(db, bulkId, before);
    const now = ids.slice(0, left);
    if (now.length > 0 && isStopping(deps)) return false;
    const together = await undoTogether({ db, log }, viewer, bulkId, kind, now);
    for (const id of now) {
      before = id;
      if (together.has(id)) continue;
      if (isStopping(deps)) return false;
      try {
        await undoDecision(db, viewer, id);
      } catch (error) {
        log.error({ err: error, bulkId, decisionId: id }, 'A decision could not be undone.');
      }
    }
    if (ids.length > left) return false;
    left -= ids.length;
    if (ids.length < BATCH) break;
  }
  return await finishUndo(db, bulkId, before);
}

/**
 * Ends what has come to all of its decisions from the latest down to `before`: it may have begun only after they
 * were looked for. @returns whether nothing is left to be taken back.
 */
async function finishUndo(db: Knex, bulkId: number, before: number): Promise<boolean> {
  await execute(
    db,
    `update bulk_actions set state = 'undone', finished_at = now()
      where id = :bulkId and state = 'undoing'
        and not exists (select from decisions
                         where bulk_id = :bulkId and undone_at is null and id < :before)`,
    { bulkId, before },
  );
  const row = await db('bulk_actions').where({ id: bulkId }).first('state');
  return row?.state !== 'undoing';
}

/** As far as that can be done together: what is left is undone one by one, and told why it is not. */
async function undoTogether(
  { db, log }: BulkDeps,
  viewer: Viewer,
  bulkId: number,
  kind: BulkActionRow['kind'],
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (kind !== 'discard' && kind !== 'hand-over') return new Set();
  try {
    return await undoMany(db, viewer, kind, ids);
  } catch (error) {
    log.error({ err: error, bulkId }, 'Decisions could not be undone together.');
    return new Set();
  }
}

async function findNextToUndo(
  db: Knex,
  bulkId: number,
  before: number,
): Promise<{ readonly kind: BulkActionRow['kind']; readonly ids: readonly number[] }> {
  const rows = await queryRows<{ id: number; kind: BulkActionRow['kind'] }>(
    db,
    `select d.id, b.kind from decisions d join bulk_actions b on b.id = d.bulk_id
      where b.id = ? and b.state = 'undoing' and d.undone_at is null and d.id < ?
      order by d.id desc limit ${BATCH}`,
    [bulkId, before],
  );
  return { kind: rows[0]?.kind ?? 'link', ids: rows.map(({ id }) => id) };
}
