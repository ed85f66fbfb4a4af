import libmime from 'libmime';
import { decode } from 'libmime/lib/charset.js';
import type { MailPart, MimeNode } from './split-mail.ts';
import { decodeBody, encodingOf } from './transfer-encoding.ts';

/** Names of UTF-8 and of what it holds, without their punctuation. */
const UTF8 = new Set(['ascii', 'usascii', 'utf8']);

/**
 * The characters of a text part, its lines divided by line feeds.
 *
 * @param body what is to be read of the part.
 */
export async function decodeText({ node }: MailPart, body: Buffer): Promise<string> {
  const decoded = await decodeBody(body, encodingOf(node));
  const bytes = node.flowed ? unfold(decoded, node.delSp) : decoded;
  return decodeCharset(bytes, charsetOf(node)).replaceAll('\r\n', '\n');
}

/** The name of a part's charset, without what no such name has in it. */
export function charsetOf(node: MimeNode): string {
  return (node.charset || 'utf-8').replace(/[^\w.:+-]/g, '').slice(0, 60);
}

/** RFC 3676: lines that were only folded are put together. */
function unfold(bytes: Buffer, delSp: boolean): Buffer {
  return Buffer.from(libmime.decodeFlowed(bytes.toString('latin1'), delSp), 'latin1');
}

/** What is of no charset that is known counts as UTF-8. */
function decodeCharset(bytes: Buffer, charset: string): string {
  if (UTF8.has(charset.toLowerCase().replace(/[^a-z0-9]+/g, ''))) return bytes.toString();
  return decode(bytes, charset);
}
