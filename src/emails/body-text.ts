import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { Knex } from 'knex';
import type { BodyPart } from '../archiving/parsed-mail.ts';
import type { Originals } from '../originals/originals.ts';
import { cleanText } from '../shared/clean-text.ts';
import { readAttachment } from './read-attachment.ts';

/** A text of the mail, as characters. */
export interface BodyText {
  readonly kind: BodyPart['kind'];
  readonly text: string;
}

/** So many bytes of a mail's formatted texts are shown, all parts together. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

/**
 * Reads the texts of a formatted body out of the original. Who may see the email is asked before.
 *
 * @returns `cut`: whether there is more than is shown.
 */
export async function readBodyTexts(
  originals: Originals,
  db: Knex,
  email: { readonly id: number; readonly bodyParts: readonly BodyPart[] },
): Promise<{ readonly texts: readonly BodyText[]; readonly cut: boolean }> {
  const texts: BodyText[] = [];
  let left = MAX_BODY_BYTES;
  for (const part of email.bodyParts) {
    // One byte more tells whether there is more.
    const bytes = await readUpTo(readAttachment(originals, db, placeOf(email.id, part)), left + 1);
    const shown = bytes.subarray(0, left);
    texts.push({ kind: part.kind, text: decodeText(shown, part.charset) });
    if (bytes.length > left) return { texts, cut: true };
    left -= bytes.length;
  }
  return { texts, cut: false };
}

function placeOf(emailId: number, { encoding, offset, length, inner }: BodyPart) {
  return {
    email_id: emailId,
    encoding,
    byte_offset: offset,
    byte_length: length,
    inner_encoding: inner?.encoding ?? null,
    inner_offset: inner?.offset ?? null,
    inner_length: inner?.length ?? null,
  };
}

async function readUpTo(source: AsyncIterable<Buffer>, max: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of source) {
    parts.push(part);
    size += part.length;
    if (size >= max) break;
  }
  return Buffer.concat(parts).subarray(0, max);
}

/**
 * The charset that is named (WHATWG Encoding knows those that mail uses); where it is none or unknown,
 * UTF-8 if the bytes are, else windows-1252, which HTML takes for a default.
 */
export function decodeText(bytes: Buffer, charset: string): string {
  return cleanText(decoderFor(bytes, charset).decode(bytes));
}

function decoderFor(bytes: Buffer, charset: string): TextDecoder {
  const guess = isUtf8(bytes) ? 'utf-8' : 'windows-1252';
  if (/^(|us-ascii|ascii|unknown|x-unknown|default)$/i.test(charset)) return new TextDecoder(guess);
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder(guess);
  }
}
