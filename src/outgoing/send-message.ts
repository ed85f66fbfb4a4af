import type { Knex } from 'knex';
import type { Logger } from '../config/logger.ts';
import { liveTransaction } from '../db/live-transaction.ts';
import type { OutgoingMessageRow } from '../db/rows.ts';
import type { SendResult } from '../smtp/mailer.ts';
import type { BegunMessage } from './begin-sending.ts';
import {
  finishSending,
  holdSending,
  takeBack,
  tryAgainLater,
  waitWith,
} from './outgoing-message-store.ts';

type Begun = Pick<BegunMessage, 'id' | 'attempts'>;

/** Seconds until the next try after each time that the server could not take the mail. */
const RETRY_SECONDS = [30, 120, 600, 1800, 3600] as const;

/**
 * What became of a message. later: nobody could take it now · not-signed-in: the server did not accept
 * the sign-in, and will accept that of no other message. Both are tried again.
 */
export type Became = SendResult['kind'] | 'expired' | 'not-signed-in';

/**
 * Sends one message and writes down what became of it. Where the server does not accept the sign-in, all
 * that are queued by then wait with it: providers lock accounts for that. The row is held meanwhile, so that others can
 * tell a living sender from a dead one. `hand` hands the mail over; null: it is not wanted any more.
 */
export async function sendMessage(
  { db, log }: { readonly db: Knex; readonly log: Logger },
  kind: OutgoingMessageRow['kind'],
  message: Begun,
  hand: (trx: Knex.Transaction) => Promise<SendResult | null>,
): Promise<Became> {
  do {
    const became = await liveTransaction(db, async (trx) => {
      if (!(await holdSending(trx, message))) return null;
      return await record(trx, message, await hand(trx));
    });
    if (became !== null) {
      log.info({ [kind]: message.id, result: became }, kind);
      if (became === 'not-signed-in') await waitWith(db, message.id);
      return became;
    }
  } while (await takeBack(db, message));
  return 'unknown';
}

async function record(
  trx: Knex.Transaction,
  message: Begun,
  result: SendResult | null,
): Promise<Became> {
  if (result === null) {
    await finishSending(trx, message.id, 'expired', null);
    return 'expired';
  }
  if (result.kind === 'later') {
    await putOff(trx, message, result.why);
    return 'later';
  }
  if (result.kind === 'refused' && result.at === 'sign-in') {
    // It says nothing about the mail, which can go once the settings are mended.
    await putOff(trx, message, result.response);
    return 'not-signed-in';
  }
  const said = result.kind === 'unknown' ? result.why : result.response;
  await finishSending(trx, message.id, result.kind, said);
  return result.kind;
}

async function putOff(trx: Knex.Transaction, message: Begun, why: string): Promise<void> {
  const wait = RETRY_SECONDS[Math.min(message.attempts, RETRY_SECONDS.length) - 1] ?? 3600;
  await tryAgainLater(trx, message.id, wait, why);
}
