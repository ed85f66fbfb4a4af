import type { ParsedAttachment } from '../../archiving/parsed-mail.ts';
import { decodeTransfer } from '../../emails/decode-transfer.ts';
import type { MimeNode } from './split-mail.ts';

type Encoding = ParsedAttachment['encoding'];

/** RFC 2045 section 6: 7bit, 8bit, binary and unknown names are bytes that stand for themselves. */
export function encodingOf(node: MimeNode): Encoding {
  return node.encoding === 'base64' || node.encoding === 'quoted-printable'
    ? node.encoding
    : 'identity';
}

/** How many bytes an encoded body stands for. */
export async function decodedSize(body: Buffer, encoding: Encoding): Promise<number> {
  if (encoding === 'identity') return body.length;
  if (encoding === 'base64') return base64Size(body);
  let size = 0;
  for await (const chunk of decodeTransfer(inPieces(body), encoding)) size += chunk.length;
  return size;
}

/** The bytes an encoded body stands for; what can't be decoded is passed over. */
export async function decodeBody(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return body;
  return Buffer.concat(await Array.fromAsync(decodeTransfer(inPieces(body), encoding)));
}

const PIECE = 256 * 1024;

function* inPieces(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PIECE) yield body.subarray(at, at + PIECE);
}

const PADDING = '='.charCodeAt(0);
/** 1 for the characters of base64 (RFC 4648 section 4), 0 for what is passed over. */
const IS_CHARACTER = new Uint8Array(256);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') {
  IS_CHARACTER[char.charCodeAt(0)] = 1;
}

/** Counted, not decoded: four characters are three bytes, and padding ends a run of them. */
function base64Size(body: Buffer): number {
  let size = 0;
  for (let at = 0; at < body.length; at += 1) {
    const padding = body.indexOf(PADDING, at);
    const end = padding < 0 ? body.length : padding;
    let characters = 0;
    // Nothing but adding up in here: all of every attachment goes through it.
    for (; at < end; at += 1) characters += IS_CHARACTER[body[at] ?? 0] ?? 0;
    size += Math.floor((characters * 3) / 4);
  }
  return size;
}
