import { promisify } from 'node:util';
import { constants, zstdCompressSync, zstdDecompress } from 'node:zlib';

/** Bytes of an original in each of its chunks but the last. */
export const CHUNK_BYTES = 1024 * 1024;

/** A chunk as it is stored; `size` is its length before compression. */
export interface PackedChunk {
  readonly size: number;
  readonly compression: 'none' | 'zstd';
  readonly data: Buffer;
}

/** Level 1 shrinks mail to three quarters at the speed of the disk; higher levels only cost. */
const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1 };
/** Images and archives do not shrink: they are stored, and later read, as they are. */
const WORTHWHILE = 0.95;

const decompress = promisify(zstdDecompress);

/**
 * Compressed here and now: the thread pool, with the copies that go with it, takes more than half as much
 * processor time again, and the largest chunk no more than some milliseconds.
 */
export function packChunk(bytes: Buffer): PackedChunk {
  const data = zstdCompressSync(bytes, { params: PARAMS, chunkSize: mostCompressed(bytes.length) });
  const size = bytes.length;
  return data.length <= size * WORTHWHILE
    ? { size, compression: 'zstd', data }
    : { size, compression: 'none', data: bytes };
}

/** Room for all of it at once (ZSTD_COMPRESSBOUND of zstd.h, a little more): else it is copied on its way. */
function mostCompressed(length: number): number {
  return length + (length >>> 8) + 1024;
}

export async function unpackChunk(chunk: Omit<PackedChunk, 'size'>): Promise<Buffer> {
  if (chunk.compression === 'none') return chunk.data;
  return decompress(chunk.data, { maxOutputLength: CHUNK_BYTES });
}

/** The chunks of bytes that are all there. */
export function splitIntoChunks(bytes: Buffer): Buffer[] {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, seq) =>
    bytes.subarray(seq * CHUNK_BYTES, (seq + 1) * CHUNK_BYTES),
  );
}

/** The chunks of bytes that arrive in parts of any size; holds one chunk and one part. */
export async function* rechunk(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const part of parts) {
    held.push(part);
    bytes += part.length;
    if (bytes < CHUNK_BYTES) continue;
    const whole = Buffer.concat(held);
    const rest = whole.length % CHUNK_BYTES;
    yield* splitIntoChunks(whole.subarray(0, whole.length - rest));
    // A copy: a view would keep all of `whole` in memory.
    held = [Buffer.from(whole.subarray(whole.length - rest))];
    bytes = rest;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
