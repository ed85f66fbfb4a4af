import { headerLength, splitHeaderFields } from '../../archiving/header-fields.ts';
import { contentTypeOf, fileNameOf, type Origin } from './describe-attachment.ts';
import type { MailPart } from './split-mail.ts';
import { decodeBody, encodingOf } from './transfer-encoding.ts';

/** RFC 2046 section 5.2.1, RFC 6532 section 3.7. */
const MAIL_TYPES = new Set(['message/rfc822', 'message/global']);

/** CR, LF and the bytes of U+FEFF. */
const BEFORE = new Set([0x0d, 0x0a, 0xef, 0xbb, 0xbf]);
const MAX_BEFORE = 64;

/**
 * Whether a part is a mail attached to this one: by its type, or a file "*.eml" whose program did not
 * know the type. The mail that a delivery report returns (RFC 6522) was not forwarded by anybody.
 */
export function isAttachedMail(part: MailPart): boolean {
  if (part.parent?.node.multipart === 'report') return false;
  const type = contentTypeOf(part);
  if (MAIL_TYPES.has(type)) return true;
  return type === 'application/octet-stream' && /\.eml$/i.test(fileNameOf(part) ?? '');
}

/** The bytes of an attached mail and where they come from; null when they are no mail. */
export async function asAttachedMail(
  part: MailPart,
  message: Buffer,
): Promise<{ bytes: Buffer; origin: Origin } | null> {
  const encoding = encodingOf(part.node);
  const decoded = await decodeBody(part.body, encoding);
  const start = beginningOf(decoded);
  const bytes = decoded.subarray(start);
  const fields = splitHeaderFields(bytes.subarray(0, headerLength(bytes)).subarray(0, 64 * 1024));
  if (!fields.some((field) => field.name === 'from' || field.name === 'date')) return null;
  const offset = part.body.byteOffset - message.byteOffset;
  if (encoding === 'identity')
    return { bytes, origin: { kind: 'original', offset: offset + start } };
  const slice = { encoding, offset, length: part.body.length };
  return { bytes, origin: { kind: 'decoded', slice, start } };
}

/** Programs put empty lines and a mark of byte order before the header of a mail that they attach. */
function beginningOf(bytes: Buffer): number {
  let at = 0;
  while (at < MAX_BEFORE && BEFORE.has(bytes[at] ?? 0)) at += 1;
  return at;
}
