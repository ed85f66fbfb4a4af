import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
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
  return await queryRows<Decided>(
    db,
    `select id, uid from inbound_messages
      where mailbox_id = ? and uidvalidity = ? and state = 'decided' and original_id is not null
      order by uid limit ?`,
    [folder.mailboxId, folder.uidValidity, limit],
  );
}

const DONE = { move: 'moved', delete: 'deleted', seen: 'seen' } as const;

export async function markAcknowledged(
  trx: Knex.Transaction,
  ids: readonly number[],
  after: AfterArchiving['kind'],
): Promise<void> {
  await execute(
    trx,
    // In one order, like whoever puts messages back to be filed: else the two could deadlock.
    `with locked as materialized (
       select id from inbound_messages where id = any(?) order by id for update)
     update inbound_messages m
        set state = 'acknowledged', acknowledged_at = now(), acknowledgement = ?
       from locked where m.id = locked.id and m.state = 'decided'`,
    [ids, DONE[after]],
  );
}
