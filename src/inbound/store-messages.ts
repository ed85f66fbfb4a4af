import { liveTransaction } from '../db/live-transaction.ts';
import { MailboxProblem, type FetchedMessage, type MessageSummary } from '../imap/mailbox.ts';
import {
  assertEpoch,
  insertGone,
  insertStored,
  type FolderState,
} from '../ledger/store-messages.ts';
import { recordFetchFailure } from '../ledger/unfetched-messages.ts';
import { bytesOfMb, MOST_MESSAGE_MB } from '../shared/message-size.ts';
import { assertHeld, type KeptMailbox, type PollDeps } from './kept-mailbox.ts';
import { LARGE_MESSAGE } from './large-message.ts';
import { leaveTooLarge } from './leave-too-large.ts';
import { planBatches } from './plan-batches.ts';
import { QueueClosed } from '../queue/queue-closed.ts';
import { ringForFiling } from './ring-for-filing.ts';
import { waitForFiling } from './wait-for-filing.ts';

const PART_BYTES = 1024 * 1024;

/**
 * Fetches messages and commits their originals and ledger rows, while the next ones are under way.
 * What is over the mailbox's limit is left where it is.
 *
 * @param anySize those of the UIDs that are fetched whatever that limit is.
 * @returns how many were stored.
 */
export async function storeMessages(
  deps: PollDeps,
  kept: KeptMailbox,
  folder: FolderState,
  uids: readonly number[],
  anySize: ReadonlySet<number> = new Set(),
): Promise<number> {
  if (uids.length === 0) return 0;
  const summaries = await kept.connection.summaries(uids);
  const wanted = summaries.filter((one) => !isFromBefore(kept, folder, one));
  const before = summaries.filter((one) => !wanted.includes(one)).map((one) => one.uid);
  await noteLeftAlone(deps, folder, before);
  const fetched = new Set(before);
  let stored = 0;
  let storing: Promise<number> = Promise.resolve(0);
  const settle = async () => {
    stored += await storing;
    storing = Promise.resolve(0);
  };
  const limit = bytesOfMb(kept.mailbox.max_message_mb);
  const limitFor = (uid: number) => (anySize.has(uid) ? bytesOfMb(MOST_MESSAGE_MB) : limit);
  for (const batch of planBatches(wanted, kept.suspects, Math.min(limit, LARGE_MESSAGE))) {
    assertHeld(kept);
    if (batch.kind === 'together') {
      const messages = await fetchTogether(deps, kept, batch.messages);
      for (const message of messages) fetched.add(message.uid);
      await settle();
      storing = storeTogether(deps, folder, messages);
      storing.catch(() => undefined);
    } else {
      await settle();
      const { message } = batch;
      if (await storeAlone(deps, kept, folder, message, limitFor(message.uid))) {
        fetched.add(message.uid);
        stored += 1;
      }
    }
  }
  await settle();
  await noteMissing(
    deps,
    kept,
    folder,
    uids.filter((uid) => !fetched.has(uid)),
  );
  return stored;
}

/** After a renumbering UIDs no longer tell what "start from now" left alone: dates must. */
function isFromBefore(
  { mailbox }: KeptMailbox,
  folder: FolderState,
  { internalDate }: MessageSummary,
): boolean {
  if (mailbox.existing !== 'skip' || mailbox.skip_uidvalidity === folder.uidValidity) return false;
  return internalDate !== null && internalDate < mailbox.set_up_at;
}

/** "Start from now" leaves them where they are; the row says that they have been looked at. */
async function noteLeftAlone(
  { db }: PollDeps,
  folder: FolderState,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return;
  await db.transaction(async (trx) => {
    await assertEpoch(trx, folder);
    await insertGone(trx, folder, uids);
  });
}

async function fetchTogether(
  { queue }: PollDeps,
  kept: KeptMailbox,
  messages: readonly MessageSummary[],
): Promise<FetchedMessage[]> {
  await waitForFiling(queue);
  assertHeld(kept);
  try {
    return await kept.connection.fetch(messages.map((message) => message.uid));
  } catch (error) {
    // One of them may be what the server, or the connection, breaks on: find out one by one.
    for (const message of messages) kept.suspects.add(message.uid);
    throw error;
  }
}

async function storeTogether(
  deps: PollDeps,
  folder: FolderState,
  messages: readonly FetchedMessage[],
): Promise<number> {
  if (messages.length === 0) return 0;
  const ids = await deps.db.transaction(async (trx) => {
    const sources = messages.map((message) => message.source);
    const originalIds = await deps.originals.putAll(trx, sources);
    // Not before: who is frozen while PostgreSQL waits for the rest of a COPY keeps its locks for hours.
    await assertEpoch(trx, folder);
    return await insertStored(
      trx,
      folder,
      messages.map((message, index) => ({
        uid: message.uid,
        size: message.source.length,
        internalDate: message.internalDate,
        originalId: originalIds[index] ?? missingOriginal(message.uid),
      })),
    );
  });
  await deps.checkpoint('originals-stored');
  await ring(
    deps,
    ids,
    messages.map(({ source }) => ({ size: source.length })),
  );
  return ids.length;
}

/** @returns false when the message is no longer there. */
async function storeAlone(
  deps: PollDeps,
  kept: KeptMailbox,
  folder: FolderState,
  message: MessageSummary,
  limit: number,
): Promise<boolean> {
  const leave = async (size: number) => {
    await leaveTooLarge(deps, kept, folder, { ...message, size }, limit);
    return true;
  };
  try {
    if (message.size > limit) return await leave(message.size);
    const ids = await liveTransaction(deps.db, async (trx) => {
      const parts = kept.connection.fetchInChunks(message.uid, PART_BYTES);
      const limited = upTo(limit, parts);
      const original = await deps.originals.putStream(trx, limited);
      if (original.size === 0) throw new GoneError();
      const row = { ...message, size: original.size, originalId: original.id };
      await assertEpoch(trx, folder);
      return await insertStored(trx, folder, [row]);
    });
    kept.suspects.delete(message.uid);
    await deps.checkpoint('originals-stored');
    await ring(deps, ids, [message]);
    return true;
  } catch (error) {
    if (error instanceof GoneError) return false;
    if (error instanceof TooLargeError) return await leave(error.size);
    if (error instanceof MailboxProblem) await noteFailure(deps, folder, message.uid, error);
    throw error;
  }
}

class GoneError extends Error {}

/** A server may announce a small message and send without end. */
class TooLargeError extends Error {
  readonly size: number;
  constructor(size: number) {
    super('The message is larger than it was announced, and too large.');
    this.size = size;
  }
}

async function* upTo(limit: number, parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const part of parts) {
    size += part.length;
    if (size > limit) throw new TooLargeError(size);
    yield part;
  }
}

async function noteFailure(
  { db, log }: PollDeps,
  folder: FolderState,
  uid: number,
  problem: MailboxProblem,
): Promise<void> {
  const gaveUp = await db.transaction(async (trx) => {
    await assertEpoch(trx, folder);
    return await recordFetchFailure(trx, folder, uid, problem.message);
  });
  if (gaveUp) log.error({ uid, problem: problem.message }, 'A message could not be fetched.');
}

/** Asked for, but not delivered: gone if a SEARCH does not list it either, else a failure. */
async function noteMissing(
  deps: PollDeps,
  kept: KeptMailbox,
  folder: FolderState,
  missing: readonly number[],
): Promise<void> {
  const [first] = missing;
  if (first === undefined) return;
  const present = new Set(await kept.connection.uidsAfter(Math.min(...missing) - 1));
  await deps.db.transaction(async (trx) => {
    await assertEpoch(trx, folder);
    await insertGone(
      trx,
      folder,
      missing.filter((uid) => !present.has(uid)),
    );
    for (const uid of missing.filter((one) => present.has(one))) {
      await recordFetchFailure(
        trx,
        folder,
        uid,
        'The server lists the message but does not send it.',
      );
      kept.suspects.add(uid);
    }
  });
}

/** The queue is only a doorbell: when it can't be reached, the next sweep finds the messages. */
async function ring(
  { queue, log }: PollDeps,
  ids: readonly number[],
  messages: readonly { readonly size: number }[],
): Promise<void> {
  const toFile = ids.map((id, index) => ({ id, size: messages[index]?.size ?? 0, failures: 0 }));
  await ringForFiling(queue, toFile).catch((error: unknown) => {
    if (error instanceof QueueClosed) return;
    log.warn({ err: error }, 'Stored messages wait for the next sweep: the queue is out of reach.');
  });
}

function missingOriginal(uid: number): never {
  throw new Error(`The original of UID ${uid} was not stored.`);
}
