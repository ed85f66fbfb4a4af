import type { ParsedAttachment } from '../../../../src/archiving/parsed-mail.ts';

/** Decodes quoted-printable (RFC 2045 section 6.7), in the simplest way there is. */
function quotedPrintable(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/=\r?\n/g, '');
  const decoded = text.replace(/=([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}

function decode(bytes: Buffer, encoding: ParsedAttachment['encoding']): Buffer {
  if (encoding === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64');
  return encoding === 'quoted-printable' ? quotedPrintable(bytes) : bytes;
}

/** The content of an attachment, got from the original alone: what a download has to do. */
export function contentOf(original: Buffer, attachment: ParsedAttachment): Buffer {
  const slice = original.subarray(attachment.offset, attachment.offset + attachment.length);
  const bytes = decode(slice, attachment.encoding);
  if (!attachment.inner) return bytes;
  const { encoding, offset, length } = attachment.inner;
  return decode(bytes.subarray(offset, offset + length), encoding);
}
