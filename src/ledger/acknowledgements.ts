import type { Knex } from 'knex';

import type { AfterArchiving } from '../imap/mailbox.ts';
import type { FolderState } from './store-messages.ts';

export interface Decided {
  readonly id: number;
  readonly uid: number;
}

/** Committed decisions whose messages the server still holds, in the folder as it is numbered now. */
export async function findDecided(
  db: Knex,
  folder: FolderState,
  limit: number,
): Promise<Decided[]> {
  return await db('inbound_messages')
    .where({
      mailbox_id: folder.mailboxId,
      uidvalidity: folder.uidValidity,
      state: 'decided',
    })
    .whereNotNull('original_id')
    .orderBy('uid')
    .limit(limit)
    .select('id', 'uid');
}

const DONE = { move: 'moved', delete: 'deleted', seen: 'seen' } as const;

export async function markAcknowledged(
  trx: Knex.Transaction,
  ids: readonly number[],
  after: AfterArchiving['kind'],
): Promise<void> {
  // In one order, like whoever puts messages back to be filed: else the two could deadlock.
  await trx('inbound_messages').whereIn('id', ids).orderBy('id').forUpdate().select('id');
  await trx('inbound_messages').whereIn('id', ids).where({ state: 'decided' }).update({
    state: 'acknowledged',
    acknowledged_at: trx.fn.now(),
    acknowledgement: DONE[after],
  });
}
