import type { Knex } from 'knex';
import type { EmailRow } from '../../src/db/rows.ts';
import { fileMessages } from '../../src/inbound/file-messages.ts';
import { createMailReader } from '../../src/inbound/reading/mail-reader.ts';
import { insertStored } from '../../src/ledger/store-messages.ts';
import { postgresOriginals } from '../../src/originals/postgres-originals.ts';
import { createFilingBench } from './filing-bench.ts';

/** Files raw mail as the product does, with the real reader, without a mail server. */
export interface RealFiling {
  /** @returns the emails that the message became. */
  file(raw: Buffer | string): Promise<EmailRow[]>;
  /** Many at once, as from a full mailbox. */
  fileAll(raws: readonly (Buffer | string)[]): Promise<EmailRow[]>;
  person(address: string, kind?: 'contact' | 'lead'): Promise<number>;
  close(): Promise<void>;
}

/** Its archive address is that of the filing bench. */
export async function createRealFiling(db: Knex): Promise<RealFiling> {
  const bench = await createFilingBench(db);
  const reader = createMailReader({ children: 1, log: { warn: () => undefined } });
  let uid = 100_000;
  const fileAll = async (raws: readonly (Buffer | string)[]) => {
    const sources = raws.map((raw) => Buffer.from(raw as Buffer));
    const ids = await db.transaction(async (trx) => {
      const originalIds = await postgresOriginals.putAll(trx, sources);
      const folder = { mailboxId: bench.mailboxId, uidValidity: 1, epoch: 0 };
      const messages = sources.map((source, index) => {
        uid += 1;
        const originalId = originalIds[index] ?? 0;
        return { uid, size: source.length, internalDate: new Date(), originalId };
      });
      return await insertStored(trx, folder, messages);
    });
    await fileMessages({ ...bench.deps, reader }, ids);
    return await db('emails').whereIn('inbound_message_id', ids).orderBy('id');
  };
  return {
    fileAll,
    file: async (raw) => await fileAll([raw]),
    person: bench.person,
    close: async () => await reader.close(),
  };
}
