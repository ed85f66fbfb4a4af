import { createHash, type Hash } from 'node:crypto';
import { headerLength, splitHeaderFields, whyHeaderTooLarge } from './header-fields.ts';

/** The fields that make a mail this mail and no other, in the order in which they are counted. */
const FIELDS = ['from', 'to', 'cc', 'date', 'subject', 'message-id'];
const CR = 0x0d;
const LF = 0x0a;

/**
 * What makes two deliveries the same mail: sha256 (hex) over the values of From, To, Cc, Date, Subject
 * and Message-ID as received, each occurrence from the top, and everything that follows the header.
 * Received, Delivered-To, signatures and other fields that change from delivery to delivery don't
 * count, and neither does whether lines end in CRLF or LF, which servers and programs convert. Name
 * and length stand before each value, so that nothing can be moved from one to the next.
 *
 * @param raw the whole message.
 */
export function fingerprint(raw: Buffer): string {
  const header = raw.subarray(0, headerLength(raw));
  // Of a header that can't be read all counts: two deliveries of such a mail are two.
  const bodyStart = whyHeaderTooLarge(header) === null ? header.length : 0;
  const fields = splitHeaderFields(raw.subarray(0, bodyStart));
  const hash = createHash('sha256');
  for (const name of FIELDS) {
    for (const field of fields) {
      if (field.name !== name) continue;
      hash.update(`${name} ${field.raw.length}\n`).update(field.raw, 'latin1');
    }
  }
  hash.update('body\n');
  updateWithBody(hash, raw.subarray(bodyStart));
  return hash.digest('hex');
}

/** Used anew for each window: a buffer for each mail would cost more than the calculation. */
const window = Buffer.alloc(64 * 1024);

/** Hashes the bytes with each CRLF as LF, a window at a time so that memory stays small. */
function updateWithBody(hash: Hash, body: Buffer): void {
  for (let start = 0; start < body.length; start += window.length) {
    const filled = body.copy(window, 0, start);
    hash.update(window.subarray(0, joinLines(filled, body[start + filled])));
  }
}

/**
 * Leaves the CR of each CRLF out of the window, in place: most of a large mail are short lines.
 *
 * @param length how many bytes are in it.
 * @param next the byte that follows them in the message.
 * @returns how many bytes are left.
 */
function joinLines(length: number, next: number | undefined): number {
  let kept = 0;
  for (let at = 0; at < length;) {
    const cr = window.indexOf(CR, at);
    const end = cr < 0 || cr >= length ? length : cr + 1;
    const isLineEnd = end === cr + 1 && (end < length ? window[end] : next) === LF;
    const until = isLineEnd ? cr : end;
    window.copyWithin(kept, at, until);
    kept += until - at;
    at = end;
  }
  return kept;
}
