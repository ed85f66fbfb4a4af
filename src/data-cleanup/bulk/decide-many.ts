import type { Knex } from 'knex';
import { claimAddresses } from '../../db/advisory-locks.ts';
import { execute, queryRows } from '../../db/query-rows.ts';
import type { BulkActionRow } from '../../db/rows.ts';
import { clearUnmatchedNotices } from '../../inbox/notice-store.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { holdRunning } from './bulk-store.ts';
import { findLinkableAddresses } from '../decisions/decision-store.ts';
import { handOverMany, lockActive } from '../decisions/hand-over-email.ts';

/** Emails a transaction: their addresses are locked that long, and mail with them waits. */
const TOGETHER = 200;

/**
 * Decides about the next waiting emails of a bulk action together, where nothing has to be judged about
 * each: discarding and handing over. Whatever does not wait any more is left to be told one by one.
 *
 * @returns how many; 0 where the rest is to be decided about one by one.
 */
export async function decideMany(
  db: Knex,
  viewer: Viewer,
  bulkId: number,
  most: number,
): Promise<number> {
  return await db.transaction(async (trx) => {
    const bulk = await holdRunning(trx, bulkId);
    if (bulk?.kind !== 'discard' && bulk?.kind !== 'hand-over') return 0;
    const taken = await takeWaiting(trx, viewer, bulkId, Math.min(most, TOGETHER));
    if (taken.length === 0) return 0;
    if (bulk.to_user_id !== null) await lockActive(trx, bulk.to_user_id);
    // As for one: addresses before rows, so that nobody who touches several emails is met half way.
    await claimAddresses(trx, await findLinkableAddresses(trx, taken));
    const ids = await lockStillWaiting(trx, viewer, taken);
    if (ids.length === 0 || !(await decide(trx, viewer, bulk, ids))) return 0;
    await execute(
      trx,
      `update bulk_emails set result = 'done' where bulk_id = ? and email_id = any(?)`,
      [bulkId, ids],
    );
    await clearUnmatchedNotices(trx, [viewer.id]);
    return ids.length;
  });
}

/** The newest that wait and that no other process is at. */
async function takeWaiting(
  trx: Knex.Transaction,
  viewer: Viewer,
  bulkId: number,
  limit: number,
): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `select i.email_id as id from bulk_emails i join emails e on e.id = i.email_id
      where i.bulk_id = ? and i.result is null and e.owner_id = ? and e.state = 'unmatched'
      order by i.email_id desc limit ? for update of i skip locked`,
    [bulkId, viewer.id, limit],
  );
  return rows.map(({ id }) => id);
}

async function lockStillWaiting(
  trx: Knex.Transaction,
  viewer: Viewer,
  ids: readonly number[],
): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `select id from emails where id = any(?) and owner_id = ? and state = 'unmatched'
      order by id for update`,
    [ids, viewer.id],
  );
  return rows.map(({ id }) => id);
}

/** @returns false where it can't be done: one by one it is told why. */
async function decide(
  trx: Knex.Transaction,
  viewer: Viewer,
  { id: bulkId, kind, to_user_id: toUserId }: BulkActionRow,
  ids: readonly number[],
): Promise<boolean> {
  if (kind === 'discard') {
    await discardMany(trx, viewer, bulkId, ids);
    return true;
  }
  return toUserId !== null && (await handOverMany(trx, viewer, { bulkId, toUserId, ids }));
}

async function discardMany(
  trx: Knex.Transaction,
  viewer: Viewer,
  bulkId: number,
  ids: readonly number[],
): Promise<void> {
  await execute(
    trx,
    `with made as (
       insert into decisions (actor_id, kind, email_id, bulk_id)
       select :viewer, 'discard', id, :bulk from unnest(:ids::bigint[]) as w(id) order by id desc
       returning id, email_id)
     update emails e set state = 'discarded', discarded_at = now(), decision_id = made.id
       from made where e.id = made.email_id`,
    { viewer: viewer.id, bulk: bulkId, ids },
  );
}
