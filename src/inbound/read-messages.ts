import type { Knex } from 'knex';

import type { ReadMailResult } from '../archiving/parsed-mail.ts';
import type { ClaimedMessage } from '../ledger/claim-messages.ts';
import type { Originals } from '../originals/originals.ts';
import type { MailReader } from './reading/mail-reader.ts';

/** A claimed message with what the reading child made of it. */
export interface Reading {
  readonly message: ClaimedMessage;
  readonly result: Awaited<ReturnType<MailReader['read']>>;
  /** The original, where it is small; null: it must be fetched again to be looked at. */
  readonly raw: Buffer | null;
}

/** A reading that came to an end: it may be an unreadable mail, but not a killed child. */
export interface FinishedReading extends Pick<Reading, 'message' | 'raw'> {
  readonly result: ReadMailResult;
}

/** Reads the originals; small ones come in one query, big ones are streamed one after the other. */
export async function readMessages(
  trx: Knex.Transaction,
  originals: Originals,
  reader: MailReader,
  messages: readonly ClaimedMessage[],
): Promise<Reading[]> {
  const small = await originals.readSmall(
    trx,
    messages.map((message) => message.original_id),
  );
  const readings: Promise<Reading>[] = [];
  for (const message of messages) {
    const source = small.get(message.original_id);
    const result = reader.read(source ?? originals.read(trx, message.original_id));
    const reading = result.then((value) => ({ message, result: value, raw: source ?? null }));
    readings.push(reading);
    // One that fails while others are still awaited would else count as unhandled, and end us.
    reading.catch(() => undefined);
    // A transaction is one connection: while a big original streams through it, nothing else can.
    if (!source) await reading.catch(() => undefined);
  }
  return await Promise.all(readings);
}
