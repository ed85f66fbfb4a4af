import { isStopping } from '../../shared/stoppable.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { findViewer } from '../../users/viewer-store.ts';
import { decideOne } from './bulk-decide.ts';
import { decideMany } from './decide-many.ts';
import {
  findUnfinishedBulks,
  finishBulk,
  holdRunning,
  noteOutcome,
  takeNext,
  type BulkDeps,
} from './bulk-store.ts';
import { undoSome } from '../undo/undo-bulk.ts';

/**
 * Works off a bulk action, or takes it back: some emails in a transaction where they all become the same,
 * else each in one of its own; as many processes as like to. What one leaves behind another goes on with.
 *
 * @param most emails or decisions that are worked on now
 * @returns whether it is finished.
 */
export async function runBulk(
  deps: BulkDeps,
  viewer: Viewer,
  bulkId: number,
  most: number = Number.MAX_SAFE_INTEGER,
): Promise<boolean> {
  const together = await manyAtOnce(deps, viewer, bulkId, most);
  for (let done = together; done < most && !isStopping(deps); done += 1) {
    if (!(await step(deps, viewer, bulkId))) break;
  }
  const worked = await finishBulk(deps.db, bulkId);
  return worked && (await undoSome(deps, viewer, bulkId, most));
}

/** @returns how many were decided about. */
async function manyAtOnce(
  deps: BulkDeps,
  viewer: Viewer,
  bulkId: number,
  most: number,
): Promise<number> {
  const { db, log } = deps;
  let done = 0;
  try {
    while (done < most && !isStopping(deps)) {
      const some = await decideMany(db, viewer, bulkId, most - done);
      if (some === 0) break;
      done += some;
    }
  } catch (error) {
    // One by one it shows which of them it is about.
    log.error({ err: error, bulkId }, 'Emails of a bulk action could not be decided on together.');
  }
  return done;
}

/** @returns false when nothing is left, or it is being taken back. */
async function step({ db, log }: BulkDeps, viewer: Viewer, bulkId: number): Promise<boolean> {
  const at: { emailId?: number } = {};
  try {
    return await db.transaction(async (trx) => {
      const bulk = await holdRunning(trx, bulkId);
      const emailId = bulk && (await takeNext(trx, bulkId));
      if (bulk === null || emailId === null) return false;
      at.emailId = emailId;
      await noteOutcome(trx, bulkId, emailId, await decideOne(trx, viewer, bulk, emailId));
      return true;
    });
  } catch (error) {
    const { emailId } = at;
    if (emailId === undefined) throw error;
    // It keeps no other from being decided about, and waits as before.
    log.error(
      { err: error, bulkId, emailId },
      'An email of a bulk action could not be decided on.',
    );
    await noteOutcome(db, bulkId, emailId, { result: 'failed' });
    return true;
  }
}

/** Goes on with what other processes have left behind; who is no user any more decides nothing. */
export async function continueBulks(deps: BulkDeps): Promise<void> {
  for (const { id, actorId } of await findUnfinishedBulks(deps.db)) {
    if (isStopping(deps)) return;
    const viewer = await findViewer(deps.db, actorId, null);
    if (!viewer) continue;
    const finished = await runBulk(deps, viewer, id);
    if (finished) deps.log.info({ bulkId: id }, 'A bulk action was finished.');
  }
}
