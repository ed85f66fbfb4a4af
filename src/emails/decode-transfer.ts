import { pipeline } from 'node:stream';
import { Decoder } from 'libbase64';
import { decode as decodeQuotedPrintable } from 'libqp';
import type { ParsedAttachment } from '../archiving/parsed-mail.ts';

/** So far back a place is sought where encoded text can be cut. No line of it should be longer than 76. */
const LOOK_BACK = 1_000;

/**
 * The bytes that a body in a transfer encoding stands for (RFC 2045 section 6), in parts as they come.
 * What cannot be decoded is passed over, or left as it is.
 */
export async function* decodeTransfer(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  encoding: ParsedAttachment['encoding'],
): AsyncGenerator<Buffer> {
  if (encoding === 'identity') yield* source;
  else if (encoding === 'base64') yield* fromBase64(source);
  else yield* fromQuotedPrintable(source);
}

async function* fromBase64(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer> {
  // A failing source destroys the decoder, which ends the loop below.
  const decoded = pipeline(source, new Decoder(), () => undefined);
  for await (const chunk of decoded) yield chunk as Buffer;
}

/** The library's own stream collects all before it decodes. */
async function* fromQuotedPrintable(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer> {
  let held = '';
  for await (const chunk of source) {
    const text = held + chunk.toString('latin1');
    const cut = lastCut(text);
    held = text.slice(cut);
    if (cut > 0) yield decodeQuotedPrintable(text.slice(0, cut));
  }
  if (held !== '') yield decodeQuotedPrintable(held);
}

/** Where the text can be cut without changing what it stands for. */
function lastCut(text: string): number {
  const first = Math.max(1, text.length - LOOK_BACK);
  for (let at = text.length; at >= first; at -= 1) {
    if (isCut(text.slice(Math.max(0, at - 3), at))) return at;
  }
  return text.length > LOOK_BACK ? text.length : 0;
}

/**
 * After an escape, or after a character that belongs to neither an escape, nor a soft line break, nor
 * white space at the end of a line.
 */
function isCut(before: string): boolean {
  return /^=[0-9a-f]{2}$/i.test(before) || /^[^=]*[^=\s]$/.test(before);
}
