import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';

/** What the keeper knows of a message before anyone has looked into it. */
export interface SeenMessage {
  readonly uid: number;
  readonly size: number;
  readonly internalDate: Date | null;
}

export interface FolderState {
  readonly mailboxId: number;
  readonly uidValidity: number;
  readonly epoch: number;
}

/** Thrown when another keeper has taken over, or the settings were saved: what this one holds is worth nothing any more. */
export class StaleEpochError extends Error {
  constructor() {
    super('Another keeper has taken over this mailbox, or its settings were saved.');
    this.name = 'StaleEpochError';
  }
}

/** Part of every transaction in which a keeper stores, counts or puts away: it must still be the one that keeps the mailbox. */
export async function assertEpoch(
  trx: Knex,
  { mailboxId, epoch }: Pick<FolderState, 'mailboxId' | 'epoch'>,
): Promise<void> {
  const row = await trx('mailboxes').where({ id: mailboxId }).forShare().first('epoch');
  if (row?.epoch !== epoch) throw new StaleEpochError();
}

/** Which of these UIDs have no row yet. */
export async function withoutRow(
  db: Knex,
  folder: FolderState,
  uids: readonly number[],
): Promise<number[]> {
  if (uids.length === 0) return [];
  const rows = await queryRows<{ uid: number }>(
    db,
    'select uid from inbound_messages where mailbox_id = ? and uidvalidity = ? and uid = any(?)',
    [folder.mailboxId, folder.uidValidity, uids],
  );
  const known = new Set(rows.map((row) => row.uid));
  return uids.filter((uid) => !known.has(uid));
}

/** Rows for originals that the same transaction has stored. @returns their ids, in order. */
export async function insertStored(
  trx: Knex.Transaction,
  folder: FolderState,
  messages: readonly (SeenMessage & { readonly originalId: number })[],
): Promise<number[]> {
  const rows = await trx('inbound_messages')
    .insert(
      messages.map((message) => ({
        ...ledgerKey(folder, message),
        state: 'stored' as const,
        original_id: message.originalId,
        size: message.size,
        internal_date: message.internalDate,
      })),
    )
    // A row of a message that could not be fetched before: now it could.
    .onConflict(['mailbox_id', 'uidvalidity', 'uid'])
    .merge(['state', 'original_id', 'size', 'internal_date', 'epoch'])
    .whereNull('inbound_messages.original_id')
    .returning('id');
  return rows.map((row) => row.id);
}

/** Notes messages that went away between SEARCH and FETCH: there is nothing to archive. */
export async function insertGone(
  trx: Knex.Transaction,
  folder: FolderState,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return;
  await trx('inbound_messages')
    .insert(uids.map((uid) => ({ ...ledgerKey(folder, { uid }), state: 'gone' as const, size: 0 })))
    .onConflict(['mailbox_id', 'uidvalidity', 'uid'])
    .merge(['state'])
    .whereNull('inbound_messages.original_id');
}

export function ledgerKey(folder: FolderState, { uid }: Pick<SeenMessage, 'uid'>) {
  return {
    mailbox_id: folder.mailboxId,
    uidvalidity: folder.uidValidity,
    epoch: folder.epoch,
    uid,
  };
}
