import type { Knex } from 'knex';

import type { Logger } from '../config/logger.ts';
import { liveTransaction } from '../db/live-transaction.ts';
import {
  beginAttempts,
  claimMessages,
  postpone,
  releaseAttempts,
  type ClaimedMessage,
} from '../ledger/claim-messages.ts';
import { ringKeeper } from '../ledger/poll-requests.ts';
import { waitForSender } from '../ledger/wait-for-sender.ts';
import type { Originals } from '../originals/originals.ts';
import type { Checkpoint } from '../shared/checkpoint.ts';
import { isStopping, type Stoppable } from '../shared/stoppable.ts';
import type { DnsLookup } from '../trust/dns-lookup.ts';
import { decideMessages } from './decide-messages.ts';
import { gatherTrust } from './gather-trust.ts';
import { describeFault, isMessageFault } from './message-fault.ts';
import { quarantineUnreadable } from './quarantine-unreadable.ts';
import { readMessages, type FinishedReading } from './read-messages.ts';
import type { MailReader } from './reading/mail-reader.ts';
import { isHopeless, MOST_ATTEMPTS, retrySeconds } from './retry-seconds.ts';

export interface FilingDeps extends Stoppable {
  readonly db: Knex;
  readonly originals: Originals;
  readonly reader: MailReader;
  readonly lookup: DnsLookup;
  readonly log: Logger;
  readonly checkpoint: Checkpoint;
}

/** After an unfinished attempt a message is filed by itself, so that it can harm no other. */
const ATTEMPTS_TOGETHER = 2;

/**
 * Files stored messages: each gets its one outcome, with everything that follows from it, in one
 * transaction. Ids that are filed already, or that another worker is filing, are passed over.
 * Rejects when the database can't be reached; the messages then wait for the next sweep.
 *
 * @returns how many bounces were queued.
 */
export async function fileMessages(deps: FilingDeps, ids: readonly number[]): Promise<number> {
  const { begun, left } = await beginAttempts(deps.db, ids, ATTEMPTS_TOGETHER);
  let bounces = await keepingTries(deps, begun, fileBegun);
  for (const id of left) {
    if (isStopping(deps)) break;
    const alone = await beginAttempts(deps.db, [id]);
    bounces += await keepingTries(deps, alone.begun, fileEach);
  }
  return bounces;
}

type FileBegun = (deps: FilingDeps, begun: readonly number[]) => Promise<number>;

/** Trouble that is not the messages' own must not use up their attempts. */
async function keepingTries(
  deps: FilingDeps,
  begun: readonly number[],
  file: FileBegun,
): Promise<number> {
  try {
    return await file(deps, begun);
  } catch (error) {
    await releaseAttempts(deps.db, begun);
    throw error;
  }
}

async function fileBegun(deps: FilingDeps, ids: readonly number[]): Promise<number> {
  const { bounces, left } = await fileTogether(deps, ids);
  return bounces + (await fileEach(deps, left));
}

async function fileEach(deps: FilingDeps, ids: readonly number[]): Promise<number> {
  let bounces = 0;
  for (const [index, id] of ids.entries()) {
    if (isStopping(deps)) {
      await releaseAttempts(deps.db, ids.slice(index));
      break;
    }
    bounces += await fileAlone(deps, id);
  }
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
    if (!isMessageFault(error)) throw error;
    return { bounces: 0, left: ids };
  }
}

async function fileAlone(deps: FilingDeps, id: number): Promise<number> {
  try {
    return await fileClaimed(deps, [id]);
  } catch (error) {
    if (!isMessageFault(error)) throw error;
    deps.log.error({ message: id, err: error }, 'A message could not be filed.');
    await setAside(deps, { id, why: describeFault(error) });
    return 0;
  }
}

async function fileClaimed(deps: FilingDeps, ids: readonly number[]): Promise<number> {
  const spoilt: Spoilt[] = [];
  let taken: readonly number[] = [];
  // A batch of slow mails takes longer than the server has patience with an idle transaction.
  const bounces = await liveTransaction(deps.db, async (trx) => {
    const claimed = await claimMessages(trx, ids);
    await deps.checkpoint('claimed');
    taken = claimed.map((message) => message.id);
    const readings = await readClaimed(deps, trx, claimed, spoilt);
    await deps.checkpoint('parsed');
    const trust = await gatherTrust(deps, trx, readings);
    spoilt.push(...[...trust.killed].map(([id, why]) => ({ id, why })));
    const waiting = await waitForSender(trx, [...trust.open]);
    const isRipe = ({ id }: ClaimedMessage) => !waiting.has(id) && !trust.killed.has(id);
    const ripe = readings.filter(({ message }) => isRipe(message));
    const queued = await decideMessages(deps, trx, ripe, trust);
    await ringKeeper(trx, 'decided');
    return queued;
  });
  // What another worker has taken meanwhile was not begun here.
  const others = ids.filter((id) => !taken.includes(id));
  if (others.length > 0) await releaseAttempts(deps.db, others);
  // Not in the same transaction, which takes its locks in an order that this would break.
  for (const one of spoilt) await setAside(deps, one);
  await deps.checkpoint('filed');
  return bounces;
}

/** A message that can't be filed now, and why. */
interface Spoilt {
  readonly id: number;
  readonly why: string;
}

/** @returns the readings that came to an end; the other messages are added to `spoilt`. */
async function readClaimed(
  deps: FilingDeps,
  trx: Knex.Transaction,
  claimed: readonly ClaimedMessage[],
  spoilt: Spoilt[],
): Promise<FinishedReading[]> {
  const hopeless = claimed.filter(isHopeless);
  const why = `Work on it was begun ${MOST_ATTEMPTS} times and never ended.`;
  spoilt.push(...hopeless.map(({ id }) => ({ id, why })));
  const readable = claimed.filter((message) => !isHopeless(message));
  const readings = await readMessages(trx, deps.originals, deps.reader, readable);
  return readings.flatMap(({ message, result, raw }) => {
    if (result.kind !== 'killed') return [{ message, result, raw }];
    spoilt.push({ id: message.id, why: `Reading it was ended: ${result.why}.` });
    return [];
  });
}

/** Has a message tried again later, or quarantined when that was done often enough. */
async function setAside({ db, originals }: FilingDeps, { id, why }: Spoilt): Promise<void> {
  await db.transaction(async (trx) => {
    const [message] = await claimMessages(trx, [id]);
    if (!message) return;
    const seconds = retrySeconds(message);
    if (seconds !== null) await postpone(trx, id, seconds, why);
    else {
      await quarantineUnreadable(trx, originals, message, why);
      await ringKeeper(trx, 'decided');
    }
  });
}
