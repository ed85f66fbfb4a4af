import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMessages } from '../../../src/inbound/read-messages.ts';
import { createMailReader } from '../../../src/inbound/reading/mail-reader.ts';
import type { ClaimedMessage } from '../../../src/ledger/claim-messages.ts';
import { CHUNK_BYTES } from '../../../src/originals/chunk.ts';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const reader = createMailReader({ children: 1, log: { warn: () => undefined } });
let database: TestDatabase;
let messages: ClaimedMessage[] = [];

/** Of ten, 3 and 7 have more than a chunk: they are streamed. */
const SIZES = [10, 10, 10, CHUNK_BYTES + 1, 10, 10, 10, 2 * CHUNK_BYTES, 10, 10];

function mail(subject: number, bytes: number): Buffer {
  return Buffer.from(`From: a@acme.example\r\nSubject: ${subject}\r\n\r\n${'x'.repeat(bytes)}`);
}

beforeAll(async () => {
  database = await createTestDatabase();
  const ids = await database.db.transaction(
    async (trx) =>
      await postgresOriginals.putAll(
        trx,
        SIZES.map((size, at) => mail(at, size)),
      ),
  );
  messages = ids.map((id, at) => ({ id: 100 - at, original_id: id }) as ClaimedMessage);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

async function read() {
  const readings = await database.db.transaction(
    async (trx) => await readMessages(trx, postgresOriginals, reader, messages),
  );
  return readings.map(({ message, result, raw }) => [
    message.id,
    result.kind === 'mail' && result.mail.header.subject,
    raw?.length ?? 'streamed',
  ]);
}

test('small and streamed ones, in the order of the messages', async () => {
  expect(await read()).toEqual(
    SIZES.map((size, at) => [
      100 - at,
      String(at),
      size > CHUNK_BYTES ? 'streamed' : mail(at, size).length,
    ]),
  );
});

test('one whose stream breaks off while small ones are under way fails them all, and nothing after that', async () => {
  const broken = { original_id: messages[3]!.original_id, seq: 1 };
  await database.db('original_chunks').where(broken).delete();
  await expect(read()).rejects.toThrow('lacks its chunk 1');
  messages = messages.filter((_, at) => at !== 3);
  expect(await read()).toHaveLength(9);
});
