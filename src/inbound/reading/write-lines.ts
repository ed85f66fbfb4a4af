import { Readable, type Writable } from 'node:stream';

/** What is made of each line waits in memory until it is taken: so few bytes may be 64,000 lines. */
const PIECE = 64 * 1024;
const LF = 0x0a;

/**
 * Writes buffers to a stream that makes something of each line, in pieces, as fast as what comes out is
 * taken. A piece ends with a line or with its buffer, so that each line that ends in its buffer stays a
 * view of it.
 */
export function writeLines(stream: Writable, buffers: Iterable<Buffer>): void {
  Readable.from(inPieces(buffers), { highWaterMark: 1 }).pipe(stream);
}

function* inPieces(buffers: Iterable<Buffer>): Generator<Buffer> {
  for (const buffer of buffers) {
    for (let start = 0; start < buffer.length;) {
      const lineEnd = buffer.indexOf(LF, Math.min(start + PIECE, buffer.length) - 1);
      const end = lineEnd < 0 ? buffer.length : lineEnd + 1;
      yield buffer.subarray(start, end);
      start = end;
    }
  }
}
