import { MailboxProblem, type AfterArchiving, type OpenMailbox } from '../imap/mailbox.ts';
import { findDecided, markAcknowledged } from '../ledger/acknowledgements.ts';
import { assertEpoch, type FolderState } from '../ledger/store-messages.ts';
import { afterArchiving } from '../mailbox-settings/mailbox-store.ts';
import { assertHeld, type KeptMailbox, type PollDeps } from './kept-mailbox.ts';

const BATCH = 500;

/**
 * Puts away on the server what has a committed outcome. Only rows of the folder's own UIDVALIDITY
 * are looked at, so that a UID can never mean another message.
 */
export async function acknowledgeDecided(
  deps: Pick<PollDeps, 'db' | 'checkpoint'>,
  kept: KeptMailbox,
  folder: FolderState,
): Promise<void> {
  const after = afterArchiving(kept.mailbox);
  for (;;) {
    const decided = await findDecided(deps.db, folder, BATCH);
    if (decided.length === 0) return;
    await assertEpoch(deps.db, folder);
    await deps.checkpoint('acknowledging');
    assertHeld(kept);
    const uids = decided.map((one) => one.uid);
    const done = new Set(await putAway(kept.connection, uids, after));
    await deps.checkpoint('acknowledged-on-server');
    const ids = decided.filter((one) => done.has(one.uid)).map((one) => one.id);
    await deps.db.transaction(async (trx) => {
      await assertEpoch(trx, folder);
      await markAcknowledged(trx, ids, after.kind);
    });
    const left = decided.length - ids.length;
    if (left > 0) throw new MailboxProblem('refused', `${left} messages were left as they were`);
  }
}

/** A fresh mailbox lacks the folder to move to: it is created at the first message, not asked for. */
async function putAway(
  connection: OpenMailbox,
  uids: readonly number[],
  after: AfterArchiving,
): Promise<number[]> {
  try {
    return await connection.acknowledge(uids, after);
  } catch (error) {
    const missing = error instanceof MailboxProblem && error.code === 'destination-missing';
    if (!missing || after.kind !== 'move') throw error;
    await connection.createFolder(after.folder).catch((refusal: unknown) => {
      // Where it may not be created, what is missing says more than what was refused.
      if (refusal instanceof MailboxProblem && refusal.code === 'refused') throw error;
      throw refusal;
    });
    return await connection.acknowledge(uids, after);
  }
}
