import type { Knex } from 'knex';

import { findMembers } from '../groups/group-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import type { Reason } from '../shared/outcome.ts';
import { ledgerKey, type FolderState, type SeenMessage } from './store-messages.ts';

/** Seconds until the next try after each failure; after the last one the message is quarantined. */
const RETRY_SECONDS = [5, 20, 60, 300] as const;

/** Notes that a message could not be fetched; @returns whether it was given up. */
export async function recordFetchFailure(
  trx: Knex.Transaction,
  folder: FolderState,
  uid: number,
  error: string,
): Promise<boolean> {
  const rows = await trx('inbound_messages')
    .insert({
      ...ledgerKey(folder, { uid }),
      state: 'failed',
      size: 0,
      failures: 1,
      error,
      next_try_at: trx.raw(`now() + make_interval(secs => ?)`, [RETRY_SECONDS[0]]),
    })
    .onConflict(['mailbox_id', 'uidvalidity', 'uid'])
    .merge({ failures: trx.raw('inbound_messages.failures + 1'), error })
    .whereNull('inbound_messages.original_id')
    .returning(['id', 'failures']);
  const [row] = rows;
  if (!row) return false;
  const wait = RETRY_SECONDS[row.failures - 1];
  if (wait === undefined) {
    await leaveOnServer(trx, row.id, 'could-not-be-fetched', error);
    return true;
  }
  await trx('inbound_messages')
    .where({ id: row.id })
    .update({ next_try_at: trx.raw(`now() + make_interval(secs => ?)`, [wait]) });
  return false;
}

/** A message over the size limit is never fetched: it stays where it is, quarantined by reference. */
export async function insertTooLarge(
  trx: Knex.Transaction,
  folder: FolderState,
  message: SeenMessage,
  limit: number,
): Promise<void> {
  const rows = await trx('inbound_messages')
    .insert({
      ...ledgerKey(folder, message),
      state: 'failed',
      size: message.size,
      internal_date: message.internalDate,
    })
    .onConflict(['mailbox_id', 'uidvalidity', 'uid'])
    .merge(['size', 'internal_date'])
    .whereNull('inbound_messages.original_id')
    .returning('id');
  const [row] = rows;
  if (!row) return;
  const error = `The message has ${message.size} bytes; the limit is ${limit}.`;
  await leaveOnServer(trx, row.id, 'too-large', error);
}

/** UIDs that could not be fetched before and are due for another try. */
export async function findFetchRetries(db: Knex, folder: FolderState): Promise<number[]> {
  const rows = await db('inbound_messages')
    .where({
      mailbox_id: folder.mailboxId,
      uidvalidity: folder.uidValidity,
      state: 'failed',
      original_id: null,
    })
    .where('next_try_at', '<=', db.fn.now())
    .orderBy('uid')
    .select('uid');
  return rows.map((row) => row.uid);
}

/** Messages of another UIDVALIDITY can't be fetched any more by the UIDs that were noted. */
export async function giveUpOtherUidValidities(
  trx: Knex.Transaction,
  folder: FolderState,
): Promise<void> {
  await trx('inbound_messages')
    .where({ mailbox_id: folder.mailboxId, state: 'failed', original_id: null })
    .whereNot({ uidvalidity: folder.uidValidity })
    .update({ state: 'gone', error: 'The folder was numbered anew before it could be fetched.' });
}

async function leaveOnServer(
  trx: Knex.Transaction,
  id: number,
  reason: Reason,
  error: string,
): Promise<void> {
  await trx('inbound_messages').where({ id }).update({
    state: 'acknowledged',
    outcome: 'quarantined',
    reason,
    error,
    next_try_at: null,
    decided_at: trx.fn.now(),
    acknowledged_at: trx.fn.now(),
    acknowledgement: 'left-on-server',
  });
  const admins = await findMembers(trx, 'super-administrators');
  await raiseNotices(
    trx,
    admins.map((userId) => ({ userId, kind: 'quarantined', subject: '' })),
  );
}
