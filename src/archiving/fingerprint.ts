import { createHash, type Hash } from 'node:crypto';
import { headerLength, splitHeaderFields } from './header-fields.ts';

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
  const bodyStart = headerLength(raw);
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

const WINDOW = 64 * 1024;

/** Hashes the bytes with each CRLF as LF, a window at a time so that memory stays small. */
function updateWithBody(hash: Hash, body: Buffer): void {
  const window = Buffer.allocUnsafe(Math.min(WINDOW, body.length));
  let filled = 0;
  for (let start = 0; start < body.length; start += WINDOW) {
    const end = Math.min(start + WINDOW, body.length);
    filled = 0;
    for (let at = start; at < end; at += 1) {
      const byte = body[at] ?? 0;
      if (byte === CR && body[at + 1] === LF) continue;
      window[filled] = byte;
      filled += 1;
    }
    hash.update(window.subarray(0, filled));
  }
}
