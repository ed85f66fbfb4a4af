import { isUtf8 } from 'node:buffer';
import libmime from 'libmime';
import { cleanLine } from '../shared/clean-text.ts';

/** Longer values are cut before they are decoded: time grows with length. */
const MAX_ENCODED = 20_000;

/**
 * The characters of a raw value (a character for each byte): UTF-8 (RFC 6532) where it is valid,
 * else ISO-8859-1, which is what older programs write.
 */
export function decodeBytes(latin1: string): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1;
  const bytes = Buffer.from(latin1, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : latin1;
}

/**
 * Unstructured text of a header with its encoded-words (RFC 2047) decoded, on one line and clean.
 * An encoded-word that can't be decoded stays as it is.
 */
export function decodeHeaderText(text: string, maxLength: number): string {
  return cleanLine(decodeWords(text.slice(0, MAX_ENCODED)), maxLength);
}

function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  try {
    return libmime.decodeWords(text);
  } catch {
    return text;
  }
}
