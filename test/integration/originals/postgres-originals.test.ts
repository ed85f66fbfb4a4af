import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../../../src/originals/chunk.ts';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import type { TestDatabase } from '../../support/postgres.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const { putAll, putStream, read, readSmall, slice } = postgresOriginals;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

/** Text that shrinks; no two megabytes of it are alike. */
function text(bytes: number): Buffer {
  const lines = Array.from({ length: Math.ceil(bytes / 32) }, (_, n) => `> line ${n}`.padEnd(31));
  return Buffer.from(lines.join('\n').padEnd(bytes)).subarray(0, bytes);
}

async function* inParts(bytes: Buffer, partBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += partBytes) yield bytes.subarray(at, at + partBytes);
}

async function collect(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(parts));
}

function store(...sources: Buffer[]): Promise<number[]> {
  return database.db.transaction((trx) => putAll(trx, sources));
}

function storeStream(source: AsyncIterable<Buffer>): Promise<{ id: number; size: number }> {
  return database.db.transaction((trx) => putStream(trx, source));
}

const SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES];

describe.each([
  ['text', text],
  ['random bytes', randomBytes],
])('%s', (_, make) => {
  test.each(SIZES)('of %d bytes comes back as it went in', async (size) => {
    const bytes = make(size);
    const [id] = await store(bytes);
    const streamed = await storeStream(inParts(bytes, 70_001));
    expect(streamed.size).toBe(size);
    for (const one of [id!, streamed.id]) {
      expect((await collect(read(database.db, one))).equals(bytes)).toBe(true);
      const row = await database.db('originals').where({ id: one }).first();
      expect(row).toEqual({ id: one, size, sha256: sha256(bytes) });
    }
  });
});

test('chunks are 1 MB, compressed where it pays', async () => {
  const [id] = await store(Buffer.concat([text(CHUNK_BYTES), randomBytes(CHUNK_BYTES), text(5)]));
  const chunks = await database
    .db('original_chunks')
    .where({ original_id: id! })
    .orderBy('seq')
    .select('seq', 'size', 'compression');
  expect(chunks).toEqual([
    { seq: 0, size: CHUNK_BYTES, compression: 'zstd' },
    { seq: 1, size: CHUNK_BYTES, compression: 'none' },
    { seq: 2, size: 5, compression: 'none' },
  ]);
});

test('many at once get ids in their order, equal ones included', async () => {
  const sources = Array.from({ length: 1_203 }, (_, n) => text(n % 7));
  sources[600] = randomBytes(9 * CHUNK_BYTES);
  const ids = await store(...sources);
  const found = await readSmall(database.db, ids);
  expect(ids).toHaveLength(sources.length);
  for (const [n, id] of ids.entries()) {
    if (n === 600) expect(found.has(id)).toBe(false);
    else expect(found.get(id)).toEqual(sources[n]);
  }
  expect(found.size).toBe(sources.length - 1);
});

test('only small ones that exist are read together', async () => {
  const [small, large] = await store(text(CHUNK_BYTES), text(CHUNK_BYTES + 1));
  const found = await readSmall(database.db, [large!, 999_999_999, small!]);
  expect([...found.keys()]).toEqual([small]);
  expect(await readSmall(database.db, [])).toEqual(new Map());
});

test('a slice is the same bytes as of the whole, across chunk borders too', async () => {
  const bytes = Buffer.concat([text(CHUNK_BYTES + 10), randomBytes(CHUNK_BYTES), text(100)]);
  const [id] = await store(bytes);
  const borders = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES];
  for (const offset of [...borders, bytes.length - 1, bytes.length, bytes.length + 9]) {
    for (const length of [0, 1, 2, CHUNK_BYTES, CHUNK_BYTES + 2, bytes.length * 2]) {
      const got = await collect(slice(database.db, id!, offset, length));
      const want = bytes.subarray(offset, offset + length);
      expect(got.equals(want), `${length} bytes from ${offset}`).toBe(true);
    }
  }
});

test('a slice reads only the chunks that it needs', async () => {
  const [id] = await store(randomBytes(4 * CHUNK_BYTES));
  const db = database.db;
  await db('original_chunks').where({ original_id: id! }).whereIn('seq', [0, 3]).delete();
  const part = await collect(slice(db, id!, CHUNK_BYTES, 2 * CHUNK_BYTES));
  expect(part).toHaveLength(2 * CHUNK_BYTES);
  await expect(collect(slice(db, id!, CHUNK_BYTES, 2 * CHUNK_BYTES + 1))).rejects.toThrow(
    `Original ${id!} lacks its chunk 3.`,
  );
});

test('what is not there is an error, not an empty mail', async () => {
  await expect(collect(read(database.db, 999_999_999))).rejects.toThrow('no original 999999999');
  await expect(collect(slice(database.db, 999_999_999, 5, 0))).rejects.toThrow('no original');
});

test('what is written goes away with the transaction', async () => {
  const before = await database.db('originals').count();
  const attempt = database.db.transaction(async (trx) => {
    const [id] = await putAll(trx, [text(100)]);
    expect(await collect(read(trx, id!))).toEqual(text(100));
    throw new Error('changed my mind');
  });
  await expect(attempt).rejects.toThrow('changed my mind');
  expect(await database.db('originals').count()).toEqual(before);
});

test('50 MB pass through in bounded memory', async () => {
  const part = randomBytes(CHUNK_BYTES / 16);
  const parts = 800;
  const peak = { bytes: 0 };
  const before = await memory();
  async function* source(): AsyncGenerator<Buffer> {
    for (let n = 0; n < parts; n += 1) {
      // A buffer of its own each time, as a socket gives them; the number makes each different.
      const bytes = Buffer.from(part);
      bytes.writeUInt32BE(n);
      if (n % 100 === 99) await note();
      yield bytes;
    }
  }
  async function note(): Promise<void> {
    peak.bytes = Math.max(peak.bytes, (await memory()) - before);
  }
  const { id, size } = await storeStream(source());
  expect(size).toBe(part.length * parts);

  let count = 0;
  const hash = createHash('sha256');
  for await (const chunk of read(database.db, id)) {
    expect(chunk.length).toBeLessThanOrEqual(CHUNK_BYTES);
    hash.update(chunk);
    if ((count += 1) % 10 === 0) await note();
  }
  const row = await database.db('originals').where({ id }).first();
  expect(hash.digest()).toEqual(row?.sha256);
  expect(peak.bytes).toBeLessThan(16 * 1024 * 1024);
});

/** Bytes that cannot be freed: garbage is collected first, for when it is collected is chance. */
async function memory(): Promise<number> {
  // Buffers are let go of beside the first collection, and no longer counted after the second.
  for (let n = 0; n < 2; n += 1) {
    collectGarbage();
    await sleep(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
