import type { Knex } from 'knex';

import type { Logger } from '../config/logger.ts';
import {
  beginAttempts,
  claimMessages,
  postpone,
  releaseAttempts,
  type ClaimedMessage,
} from '../ledger/claim-messages.ts';
import { ringKeeper } from '../ledger/poll-requests.ts';
import type { Originals } from '../originals/originals.ts';
import type { Checkpoint } from '../shared/checkpoint.ts';
import { decideMessages } from './decide-messages.ts';
import { isMessageFault } from './message-fault.ts';
import { quarantineUnreadable } from './quarantine-unreadable.ts';
import { readMessages, type FinishedReading, type Reading } from './read-messages.ts';
import type { MailReader } from './reading/mail-reader.ts';

export interface FilingDeps {
  readonly db: Knex;
  readonly originals: Originals;
  readonly reader: MailReader;
  readonly log: Logger;
  readonly checkpoint: Checkpoint;
}

/** Work on a message that was begun this often and never ended has taken the process with it. */
const MOST_ATTEMPTS = 15;
/** After an unfinished attempt a message is filed by itself, so that it can harm no other. */
const ATTEMPTS_TOGETHER = 2;
/** Seconds until the next try after each failed reading; after the last one it is quarantined. */
const RETRY_SECONDS = [5, 30] as const;
const KEEP_ALIVE_MS = 60_000;

/**
 * Files stored messages: each gets its one outcome, with everything that follows from it, in one
 * transaction. Ids that are filed already, or that another worker is filing, are passed over.
 * Rejects when the database can't be reached; the messages then wait for the next sweep.
 *
 * @returns how many bounces were queued.
 */
export async function fileMessages(deps: FilingDeps, ids: readonly number[]): Promise<number> {
  const begun = await beginAttempts(deps.db, ids);
  const alone = begun.filter((one) => one.attempts > ATTEMPTS_TOGETHER).map((one) => one.id);
  const together = begun.filter((one) => one.attempts <= ATTEMPTS_TOGETHER).map((one) => one.id);
  const first = await fileTogether(deps, together);
  let bounces = first.bounces;
  for (const id of [...first.left, ...alone]) bounces += await fileAlone(deps, id);
  return bounces;
}

/** `left`: the messages to be tried one by one, because one of them spoilt it for all. */
async function fileTogether(
  deps: FilingDeps,
  ids: readonly number[],
): Promise<{ bounces: number; left: readonly number[] }> {
  if (ids.length === 0) return { bounces: 0, left: [] };
  try {
    return { bounces: await fileClaimed(deps, ids), left: [] };
  } catch (error) {
    if (isMessageFault(error)) return { bounces: 0, left: ids };
    await releaseAttempts(deps.db, ids);
    throw error;
  }
}

async function fileAlone(deps: FilingDeps, id: number): Promise<number> {
  try {
    return await fileClaimed(deps, [id]);
  } catch (error) {
    if (!isMessageFault(error)) {
      await releaseAttempts(deps.db, [id]);
      throw error;
    }
    deps.log.error({ message: id, err: error }, 'A message could not be filed.');
    await deps.db.transaction(async (trx) => {
      const [message] = await claimMessages(trx, [id]);
      if (message) await setAside(trx, message, String(error));
    });
    return 0;
  }
}

async function fileClaimed(deps: FilingDeps, ids: readonly number[]): Promise<number> {
  const bounces = await deps.db.transaction(async (trx) => {
    const claimed = await claimMessages(trx, ids);
    await deps.checkpoint('claimed');
    const readings = await keepAlive(trx, readClaimed(deps, trx, claimed));
    await deps.checkpoint('parsed');
    for (const { message, result } of readings) {
      if (result.kind !== 'killed') continue;
      await setAside(trx, message, `Reading it was ended: ${result.why}.`);
    }
    const queued = await decideMessages(deps, trx, readings.filter(isFinished));
    await ringKeeper(trx, 'decided');
    return queued;
  });
  await deps.checkpoint('filed');
  return bounces;
}

async function readClaimed(
  deps: FilingDeps,
  trx: Knex.Transaction,
  claimed: readonly ClaimedMessage[],
): Promise<Reading[]> {
  const hopeless = claimed.filter((message) => message.attempts > MOST_ATTEMPTS);
  const why = `Work on it was begun ${MOST_ATTEMPTS} times and never ended.`;
  for (const message of hopeless) await quarantineUnreadable(trx, message, why);
  const readable = claimed.filter((message) => message.attempts <= MOST_ATTEMPTS);
  return await readMessages(trx, deps.originals, deps.reader, readable);
}

/** A batch of slow mails may outlast the patience of the server with an idle transaction. */
async function keepAlive<T>(trx: Knex.Transaction, work: Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    trx.raw('select 1').catch(() => undefined);
  }, KEEP_ALIVE_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

function isFinished(reading: Reading): reading is FinishedReading {
  return reading.result.kind !== 'killed';
}

async function setAside(
  trx: Knex.Transaction,
  message: ClaimedMessage,
  why: string,
): Promise<void> {
  const seconds = RETRY_SECONDS[message.failures];
  if (seconds === undefined) await quarantineUnreadable(trx, message, why);
  else await postpone(trx, message.id, seconds, why);
}
