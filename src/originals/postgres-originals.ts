import { createHash, hash } from 'node:crypto';
import type { Knex } from 'knex';
import { copyRows, type CopyValue } from '../db/copy-rows.ts';
import { CHUNK_BYTES, packChunk, rechunk, splitIntoChunks, unpackChunk } from './chunk.ts';
import type { PackedChunk } from './chunk.ts';
import { groupBySize } from '../shared/group-by-size.ts';
import type { Originals } from './originals.ts';

/**
 * A statement carries this much: enough to be fast, little enough to be held when compressed. PostgreSQL takes
 * 65,535 parameters in a statement; an original has two.
 */
const STATEMENT = { most: 1_000, bytes: 8 * 1024 * 1024 };
const CHUNK_COLUMNS = ['original_id', 'seq', 'size', 'compression', 'data'];
/** Small originals read at once: at most this many megabytes. */
const READ_TOGETHER = 16;

const SHA256_OF_NOTHING = hash('sha256', '', 'buffer');

type StoredChunk = Omit<PackedChunk, 'size'>;
/** pg cannot read binary; base64 is a third less on the wire, and of memory, than its hex. */
interface EncodedChunk {
  readonly compression: PackedChunk['compression'];
  readonly base64: string;
}
type JoinedRow = { readonly id: number; readonly size: number } & (
  EncodedChunk | { readonly compression: null; readonly base64: null }
);

/** Originals in the product's own database, in chunks of 1 MB that are compressed where it pays. */
export const postgresOriginals: Originals = { putAll, putStream, read, readSmall, slice };

async function putAll(trx: Knex.Transaction, sources: readonly Buffer[]): Promise<number[]> {
  const ids: number[] = [];
  for (let from = 0; from < sources.length; from += STATEMENT.most) {
    const some = sources.slice(from, from + STATEMENT.most);
    const rows = some.map((bytes) => ({
      sha256: hash('sha256', bytes, 'buffer'),
      size: bytes.length,
    }));
    const inserted = await trx('originals').insert(rows).returning('id');
    // Numbers are given in the order of the values; that of the answer is not promised.
    ids.push(...inserted.map(({ id }) => id).sort((a, b) => a - b));
  }
  await putChunks(trx, ids, sources);
  return ids;
}

async function putChunks(
  trx: Knex.Transaction,
  ids: readonly number[],
  sources: readonly Buffer[],
): Promise<void> {
  const chunks = ids.flatMap((id, index) =>
    splitIntoChunks(sources[index] ?? Buffer.alloc(0)).map((bytes, seq) => ({ id, seq, bytes })),
  );
  for (const group of groupBySize(chunks, ({ bytes }) => bytes.length, STATEMENT)) {
    const rows = group.map(({ id, seq, bytes }) => ({ id, seq, ...packChunk(bytes) }));
    await copyChunks(trx, rows);
  }
}

async function copyChunks(
  trx: Knex.Transaction,
  chunks: readonly (PackedChunk & { readonly id: number; readonly seq: number })[],
): Promise<void> {
  const rows = chunks.map(({ id, seq, size, compression, data }): CopyValue[] => [
    { type: 'bigint', value: id },
    { type: 'integer', value: seq },
    { type: 'integer', value: size },
    { type: 'text', value: compression },
    { type: 'bytea', value: data },
  ]);
  await copyRows(trx, 'original_chunks', CHUNK_COLUMNS, rows);
}

async function putStream(
  trx: Knex.Transaction,
  source: AsyncIterable<Buffer>,
): Promise<{ id: number; size: number }> {
  const [row] = await trx('originals')
    .insert({ sha256: SHA256_OF_NOTHING, size: 0 })
    .returning('id');
  if (row === undefined) throw new Error('PostgreSQL inserted an original without an id.');
  const { id } = row;
  const sha256 = createHash('sha256');
  let size = 0;
  let seq = 0;
  for await (const chunk of rechunk(source)) {
    sha256.update(chunk);
    size += chunk.length;
    await copyChunks(trx, [{ id, seq, ...packChunk(chunk) }]);
    seq += 1;
  }
  await trx('originals').where({ id }).update({ sha256: sha256.digest(), size });
  return { id, size };
}

function read(db: Knex, id: number): AsyncIterable<Buffer> {
  return slice(db, id, 0, Number.MAX_SAFE_INTEGER);
}

async function* slice(
  db: Knex,
  id: number,
  offset: number,
  length: number,
): AsyncGenerator<Buffer> {
  const first = Math.floor(offset / CHUNK_BYTES);
  const head = await readFirst(db, id, first);
  const end = Math.min(offset + length, head.total);
  if (offset >= end) return;
  for (let seq = first; seq * CHUNK_BYTES < end; seq += 1) {
    const chunk = seq === first ? head.chunk : await readChunk(db, id, seq);
    if (chunk === null) throw new Error(`Original ${id} lacks its chunk ${seq}.`);
    const start = seq * CHUNK_BYTES;
    yield (await unpackChunk(chunk)).subarray(Math.max(0, offset - start), end - start);
  }
}

/** The size of an original with one of its chunks: most originals have but one. */
async function readFirst(
  db: Knex,
  id: number,
  seq: number,
): Promise<{ total: number; chunk: StoredChunk | null }> {
  const [row] = await selectWithChunk(db, seq, [id], Number.MAX_SAFE_INTEGER);
  if (row === undefined) throw new Error(`There is no original ${id}.`);
  return { total: row.size, chunk: row.compression === null ? null : asChunk(row) };
}

async function readChunk(db: Knex, id: number, seq: number): Promise<StoredChunk | null> {
  const { rows } = await db.raw<{ rows: EncodedChunk[] }>(
    `select compression, encode(data, 'base64') as base64
       from original_chunks where original_id = ? and seq = ?`,
    [id, seq],
  );
  return rows[0] === undefined ? null : asChunk(rows[0]);
}

async function readSmall(db: Knex, ids: readonly number[]): Promise<Map<number, Buffer>> {
  const found = new Map<number, Buffer>();
  for (let from = 0; from < ids.length; from += READ_TOGETHER) {
    const some = ids.slice(from, from + READ_TOGETHER);
    for (const row of await selectWithChunk(db, 0, some, CHUNK_BYTES)) {
      found.set(row.id, await unpackSmall(row));
    }
  }
  return found;
}

async function unpackSmall(row: JoinedRow): Promise<Buffer> {
  if (row.compression !== null) return unpackChunk(asChunk(row));
  if (row.size === 0) return Buffer.alloc(0);
  throw new Error(`Original ${row.id} lacks its chunk 0.`);
}

/** Originals of up to `maxBytes`, each with the chunk of that number, or with nulls for it. */
async function selectWithChunk(
  db: Knex,
  seq: number,
  ids: readonly number[],
  maxBytes: number,
): Promise<JoinedRow[]> {
  const { rows } = await db.raw<{ rows: JoinedRow[] }>(
    `select o.id, o.size, c.compression, encode(c.data, 'base64') as base64
       from originals o
       left join original_chunks c on c.original_id = o.id and c.seq = ?
      where o.id = any(?::bigint[]) and o.size <= ?`,
    [seq, [...ids], maxBytes],
  );
  return rows;
}

function asChunk(row: EncodedChunk): StoredChunk {
  return { compression: row.compression, data: Buffer.from(row.base64, 'base64') };
}
