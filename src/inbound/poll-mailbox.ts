import { MailboxProblem, type SelectedFolder } from '../imap/mailbox.ts';
import { answerRequests, findOpenRequests } from '../ledger/poll-requests.ts';
import { noteBacklog } from '../mailbox-settings/mailbox-health.ts';
import { assertEpoch, withoutRow, type FolderState } from '../ledger/store-messages.ts';
import { findFetchRetries, giveUpOtherUidValidities } from '../ledger/unfetched-messages.ts';
import { acknowledgeDecided } from './acknowledge-decided.ts';
import { folderState, type KeptMailbox, type PollDeps } from './kept-mailbox.ts';
import { storeMessages } from './store-messages.ts';

/** UIDs a statement: what is asked of the ledger, and how often a poll looks for decisions. */
const CHUNK = 200;

/**
 * Looks into the folder once: stores what is new, acknowledges what is decided, and answers the
 * requests that were open when it began.
 *
 * @returns how many messages were stored.
 * @throws MailboxProblem when the server or the way to it fails; StaleEpochError when another
 *   process keeps the mailbox now, or its settings were saved. What was committed until then stays.
 */
export async function pollMailbox(deps: PollDeps, kept: KeptMailbox): Promise<number> {
  const requests = await findOpenRequests(deps.db, kept.mailbox.id);
  const selected = await kept.connection.select();
  const folder = folderState(kept, selected.uidValidity);
  const cursor = await agreeOnNumbering(deps, kept, folder, selected);
  const skipped = skippedThrough(kept, folder);
  // Whoever asks wants to know of all that is there, however long ago it was archived.
  const from = Math.max(skipped, requests.length > 0 ? 0 : cursor);
  const wanted = await kept.connection.uidsAfter(from);
  await answerRequests(deps.db, requests, { uidValidity: folder.uidValidity, uids: wanted });

  const refusals: MailboxProblem[] = [];
  const acknowledge = async () => {
    // What the server refuses to put away must not keep new mail from being archived.
    if (refusals.length > 0) return;
    await acknowledgeDecided(deps, kept, folder).catch((error: unknown) => {
      if (!(error instanceof MailboxProblem) || isFatal(error)) throw error;
      refusals.push(error);
    });
  };

  let stored = 0;
  const fresh = wanted.filter((uid) => uid > cursor);
  if (fresh.length > 0) deps.mailComes();
  if (fresh.length > CHUNK) await noteBacklog(deps.db, folder.mailboxId, fresh.length);
  for (let at = 0; at < fresh.length; at += CHUNK) {
    if (at > 0) await acknowledge();
    const chunk = fresh.slice(at, at + CHUNK);
    stored += await storeMessages(deps, kept, folder, await withoutRow(deps.db, folder, chunk));
    await advanceCursor(deps, folder, chunk.at(-1) ?? cursor, fresh.length - at - chunk.length);
  }
  // What failed before, or is large, keeps nothing new waiting.
  const retries = await findFetchRetries(deps.db, folder);
  const anySize = new Set(retries.filter((one) => one.anySize).map((one) => one.uid));
  for (let at = 0; at < retries.length; at += CHUNK) {
    await acknowledge();
    const again = retries.slice(at, at + CHUNK).map((one) => one.uid);
    stored += await storeMessages(deps, kept, folder, again, anySize);
  }
  await acknowledge();
  const [refusal] = refusals;
  if (refusal) throw refusal;
  return stored;
}

/** After these the connection is of no more use. */
function isFatal(problem: MailboxProblem): boolean {
  return problem.code !== 'refused' && problem.code !== 'destination-missing';
}

/** "Start from now": what was there when the mailbox was set up, up to this UID, is left alone. */
function skippedThrough({ mailbox }: KeptMailbox, folder: FolderState): number {
  const applies = mailbox.existing === 'skip' && mailbox.skip_uidvalidity === folder.uidValidity;
  return applies ? (mailbox.skip_through_uid ?? 0) : 0;
}

/**
 * Compares the folder's numbering with the ledger's. A new UIDVALIDITY makes all UIDs void
 * (RFC 3501 section 2.3.1.1): everything is read again, and told apart by content.
 *
 * @returns the UID up to which every message has a row.
 */
async function agreeOnNumbering(
  { db, log }: PollDeps,
  kept: KeptMailbox,
  folder: FolderState,
  { uidNext }: SelectedFolder,
): Promise<number> {
  const { uidvalidity, cursor_uid: cursor } = kept.mailbox;
  if (uidvalidity === folder.uidValidity) {
    if (uidNext === null || uidNext > cursor) return cursor;
    const detail = `UIDNEXT is ${uidNext}, but UID ${cursor} was seen`;
    throw new MailboxProblem('uid-going-back', detail);
  }
  if (uidvalidity !== null) {
    log.warn({ from: uidvalidity, to: folder.uidValidity }, 'The folder was numbered anew.');
  }
  await db.transaction(async (trx) => {
    await assertEpoch(trx, folder);
    await giveUpOtherUidValidities(trx, folder);
    await trx('mailboxes')
      .where({ id: folder.mailboxId })
      .update({ uidvalidity: folder.uidValidity, cursor_uid: 0 });
  });
  return 0;
}

async function advanceCursor(
  { db }: PollDeps,
  folder: FolderState,
  uid: number,
  left: number,
): Promise<void> {
  await db.transaction(async (trx) => {
    await assertEpoch(trx, folder);
    await trx('mailboxes')
      .where({ id: folder.mailboxId, uidvalidity: folder.uidValidity })
      .where('cursor_uid', '<', uid)
      .update({ cursor_uid: uid, backlog_left: left, backlog_at: trx.fn.now() });
  });
}
