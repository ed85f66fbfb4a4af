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

/** Reads the originals; small ones come together, big ones are streamed one after the other. */
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
  const together = readSmall(reader, messages, small);
  // One that fails while big ones are still awaited would else count as unhandled, and end us.
  together.catch(() => undefined);
  const streamed: Reading[] = [];
  for (const message of messages) {
    if (small.has(message.original_id)) continue;
    // A transaction is one connection: while a big original streams through it, nothing else can.
    const result = await reader.read(originals.read(trx, message.original_id));
    streamed.push({ message, result, raw: null });
  }
  const byId = new Map([...(await together), ...streamed].map((one) => [one.message.id, one]));
  return messages.flatMap(({ id }) => byId.get(id) ?? []);
}

async function readSmall(
  reader: MailReader,
  messages: readonly ClaimedMessage[],
  originals: ReadonlyMap<number, Buffer>,
): Promise<Reading[]> {
  const found = messages.flatMap((message) => {
    const raw = originals.get(message.original_id);
    return raw ? [{ message, raw }] : [];
  });
  const results = await reader.readAll(found.map(({ raw }) => raw));
  return results.flatMap((result, index) => {
    const one = found[index];
    return one ? [{ ...one, result }] : [];
  });
}
