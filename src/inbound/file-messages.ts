import type { Knex } from 'knex';

import type { Logger } from '../config/logger.ts';
import {
  beginAttempts,
  claimMessages,
  postpone,
  releaseAttempts,
  type ClaimedMessage,
} from '../ledger/claim-messages.ts';
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

/**
 * Files stored messages: each gets its one outcome, with everything that follows from it, in one
 * transaction. Ids that are filed already, or that another worker is filing, are passed over.
 * Rejects when the database can't be reached; the messages then wait for the next sweep.
 */
export async function fileMessages(deps: FilingDeps, ids: readonly number[]): Promise<void> {
  const begun = await beginAttempts(deps.db, ids);
  const alone = begun.filter((one) => one.attempts > ATTEMPTS_TOGETHER).map((one) => one.id);
  const together = begun.filter((one) => one.attempts <= ATTEMPTS_TOGETHER).map((one) => one.id);
  const left = together.length > 0 ? await fileTogether(deps, together) : [];
  for (const id of [...left, ...alone]) await fileAlone(deps, id);
}

/** @returns the messages to be tried one by one, because one of them spoilt it for all. */
async function fileTogether(deps: FilingDeps, ids: readonly number[]): Promise<readonly number[]> {
  try {
    await fileClaimed(deps, ids);
    return [];
  } catch (error) {
    if (isMessageFault(error)) return ids;
    await releaseAttempts(deps.db, ids);
    throw error;
  }
}

async function fileAlone(deps: FilingDeps, id: number): Promise<void> {
  try {
    await fileClaimed(deps, [id]);
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
  }
}

async function fileClaimed(deps: FilingDeps, ids: readonly number[]): Promise<void> {
  await deps.db.transaction(async (trx) => {
    const claimed = await claimMessages(trx, ids);
    await deps.checkpoint('claimed');
    const hopeless = claimed.filter((message) => message.attempts > MOST_ATTEMPTS);
    const why = `Work on it was begun ${MOST_ATTEMPTS} times and never ended.`;
    for (const message of hopeless) await quarantineUnreadable(trx, message, why);
    const readings = await readMessages(
      trx,
      deps.originals,
      deps.reader,
      claimed.filter((message) => message.attempts <= MOST_ATTEMPTS),
    );
    await deps.checkpoint('parsed');
    for (const { message, result } of readings) {
      if (result.kind === 'killed')
        await setAside(trx, message, `Reading it took too much ${result.why}.`);
    }
    await decideMessages(deps, trx, readings.filter(isFinished));
    await trx.raw(`select pg_notify('letterbook_keeper', 'decided')`);
  });
  await deps.checkpoint('filed');
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
