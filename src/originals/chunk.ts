import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress } from 'node:zlib';

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
/** Zlib's smallest output buffer. */
const LEAST_OUTPUT = 64;
/** Below this, handing over to the thread pool costs more than compressing. */
const SYNC_BYTES = 32 * 1024;
/** Images and archives do not shrink: they are stored, and later read, as they are. */
const WORTHWHILE = 0.95;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export async function packChunk(bytes: Buffer): Promise<PackedChunk> {
  const small = bytes.length <= SYNC_BYTES;
  // Room for all of it at once: else each 16 KB of output are a way to the thread pool and back.
  const options = { params: PARAMS, chunkSize: Math.max(bytes.length, LEAST_OUTPUT) };
  const data = small ? zstdCompressSync(bytes, options) : await compress(bytes, options);
  const size = bytes.length;
  return data.length <= size * WORTHWHILE
    ? { size, compression: 'zstd', data }
    : { size, compression: 'none', data: bytes };
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
