import type { Knex } from 'knex';

import { queryRows } from '../db/query-rows.ts';
import { findMembers } from '../groups/group-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import { leaveOnServer } from './leave-on-server.ts';
import { ledgerKey, type FolderState } from './store-messages.ts';

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
    await tellSuperAdministrators(trx);
    return true;
  }
  await trx('inbound_messages')
    .where({ id: row.id })
    .update({ next_try_at: trx.raw(`now() + make_interval(secs => ?)`, [wait]) });
  return false;
}

/** A message that was not fetched before and is due for another try. */
export interface FetchRetry {
  readonly uid: number;
  /** Whatever the limit is. */
  readonly anySize: boolean;
}

export async function findFetchRetries(db: Knex, folder: FolderState): Promise<FetchRetry[]> {
  return await queryRows<FetchRetry>(
    db,
    `select uid, any_size as "anySize" from inbound_messages
      where mailbox_id = ? and uidvalidity = ? and state = 'failed' and original_id is null
        and next_try_at <= now()
      order by uid`,
    [folder.mailboxId, folder.uidValidity],
  );
}

/** Messages of another UIDVALIDITY can't be fetched any more by the UIDs that were noted. */
export async function giveUpOtherUidValidities(
  trx: Knex.Transaction,
  folder: FolderState,
): Promise<void> {
  await trx('inbound_messages')
    .where({ mailbox_id: folder.mailboxId, original_id: null })
    .whereNot({ uidvalidity: folder.uidValidity })
    // What was left in the folder gets a row of its own by its new number.
    .where((open) => {
      void open.where({ state: 'failed' }).orWhere({ acknowledgement: 'left-on-server' });
    })
    .update({ state: 'gone', error: 'The folder was numbered anew before it could be fetched.' });
}

async function tellSuperAdministrators(trx: Knex.Transaction): Promise<void> {
  const admins = await findMembers(trx, 'super-administrators');
  await raiseNotices(
    trx,
    admins.map((userId) => ({ userId, kind: 'quarantined', subject: '' })),
  );
}
