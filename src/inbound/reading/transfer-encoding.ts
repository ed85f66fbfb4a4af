import type { ParsedAttachment } from '../../archiving/parsed-mail.ts';
import type { MimeNode } from './split-mail.ts';

type Encoding = ParsedAttachment['encoding'];

/** RFC 2045 section 6: 7bit, 8bit, binary and unknown names are bytes that stand for themselves. */
export function encodingOf(node: MimeNode): Encoding {
  return node.encoding === 'base64' || node.encoding === 'quoted-printable'
    ? node.encoding
    : 'identity';
}

/** How many bytes an encoded body stands for. */
export async function decodedSize(node: MimeNode, body: Buffer): Promise<number> {
  if (encodingOf(node) === 'identity') return body.length;
  if (encodingOf(node) === 'base64') return base64Size(body);
  let size = 0;
  for await (const chunk of decoded(node, body)) size += chunk.length;
  return size;
}

/** The bytes an encoded body stands for; what can't be decoded is passed over. */
export async function decodeBody(node: MimeNode, body: Buffer): Promise<Buffer> {
  if (encodingOf(node) === 'identity') return body;
  const chunks: Buffer[] = [];
  for await (const chunk of decoded(node, body)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const PIECE = 256 * 1024;

async function* decoded(node: MimeNode, body: Buffer): AsyncGenerator<Buffer> {
  const decoder = node.getDecoder();
  const writing = writeAll(decoder, body);
  for await (const chunk of decoder) yield chunk as Buffer;
  await writing;
}

async function writeAll(stream: NodeJS.WritableStream, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (stream.write(bytes.subarray(at, at + PIECE))) continue;
    await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
}

/** A one for each byte of the base64 alphabet, the URL-safe one included. */
const ALPHABET = new Uint8Array(256);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  ALPHABET[char.charCodeAt(0)] = 1;
}

/** Counted, not decoded: four characters are three bytes (RFC 4648), padding and line ends none. */
function base64Size(body: Buffer): number {
  let characters = 0;
  // Fifteen times as fast as for-of, which goes through an iterator.
  // eslint-disable-next-line @typescript-eslint/prefer-for-of
  for (let at = 0; at < body.length; at += 1) characters += ALPHABET[body[at] ?? 0] ?? 0;
  return Math.floor((characters * 3) / 4);
}
