import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { hasCode } from '../shared/has-code.ts';

/** Whatever a browser makes of the bytes, they run and load nothing. */
const INERT_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // The bytes as they are: compressing them again gains little.
  'Cache-Control': 'no-store, no-transform',
};

/**
 * Answers with bytes as they come, and stops reading when nobody takes them any more. Where the first
 * of them can't be read, nothing has been said yet, and an error page can be.
 *
 * @param headersFor says what the bytes are, by the first of them.
 */
export async function sendBytes(
  res: Response,
  bytes: AsyncIterable<Buffer>,
  headersFor: (head: Buffer) => Readonly<Record<string, string>>,
): Promise<void> {
  const source = generatorOf(bytes);
  try {
    const first = await source.next();
    const head = first.done === true ? Buffer.alloc(0) : first.value;
    res.set({ ...INERT_HEADERS, ...headersFor(head) });
    if (res.req.method === 'HEAD') res.end();
    else await pipeline(Readable.from(beginning(head, source), { objectMode: false }), res);
  } catch (error) {
    if (!hasGoneAway(error)) throw error;
  } finally {
    await source.return(undefined);
  }
}

async function* beginning(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function* generatorOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* bytes;
}

/** Whether a pipeline ended because nobody takes its end any more: whoever went away needs no answer. */
export function hasGoneAway(error: unknown): boolean {
  return hasCode(error, 'ERR_STREAM_PREMATURE_CLOSE');
}
