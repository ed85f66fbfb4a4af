import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A value in PostgreSQL's own form: its bytes go on the wire as they are. */
export type CopyValue =
  | { readonly type: 'bigint' | 'integer'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'bytea'; readonly value: Buffer };

/** The signature, no flags, and no extension of the header. */
const BEGINNING = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const END = Buffer.from([0xff, 0xff]);
/** Values of this many bytes and more are sent by themselves, without being copied. */
const LARGE = 64 * 1024;

/**
 * Inserts rows by COPY, in its binary form: the values of an INSERT are put together in one message
 * first, which takes three times their memory. For rows of many bytes; insertRecords() is for the others.
 * https://www.postgresql.org/docs/current/sql-copy.html
 *
 * @param columns names, in the order of the values, whose types must be those of the table.
 */
export async function copyRows(
  trx: Knex.Transaction,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly CopyValue[])[],
): Promise<void> {
  const list = columns.map((name) => `"${name}"`).join(', ');
  // That of the transaction, which gives it back itself.
  const connection = (await (trx.client as Knex.Client).acquireConnection()) as pg.ClientBase;
  const target = connection.query(copyFrom(`copy "${table}" (${list}) from stdin (format binary)`));
  await pipeline(Readable.from(joined(encode(rows))), target);
}

function* encode(rows: readonly (readonly CopyValue[])[]): Generator<Buffer> {
  yield BEGINNING;
  for (const row of rows) {
    yield int16(row.length);
    for (const value of row) yield* field(value);
  }
  yield END;
}

/** Each piece is a message of its own, in two writes to the socket: small ones go together. */
function* joined(pieces: Iterable<Buffer>): Generator<Buffer> {
  let small: Buffer[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    const isLarge = piece.length >= LARGE;
    if (!isLarge) {
      small.push(piece);
      bytes += piece.length;
      if (bytes < LARGE) continue;
    }
    yield Buffer.concat(small);
    if (isLarge) yield piece;
    small = [];
    bytes = 0;
  }
  yield Buffer.concat(small);
}

function* field(value: CopyValue): Generator<Buffer> {
  const bytes = bytesOf(value);
  yield int32(bytes.length);
  yield bytes;
}

function bytesOf({ type, value }: CopyValue): Buffer {
  if (type === 'bytea') return value;
  if (type === 'text') return Buffer.from(value);
  return type === 'integer' ? int32(value) : int64(value);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
