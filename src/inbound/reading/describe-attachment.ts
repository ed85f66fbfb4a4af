import { decodeBytes } from '../../archiving/decode-header-text.ts';
import type { ParsedAttachment } from '../../archiving/parsed-mail.ts';
import { cleanLine } from '../../shared/clean-text.ts';
import type { MailPart } from './split-mail.ts';
import { decodedSize, encodingOf } from './transfer-encoding.ts';

const MAX_NAME = 1_000;
const MEDIA_TYPE = /^[\w.+!#$&^-]{1,100}\/[\w.+!#$&^-]{1,100}$/;

/** Where the bytes of the mail that is being read come from. */
export type Origin =
  /** They stand in the original, from that byte on. */
  | { readonly kind: 'original'; readonly offset: number }
  /** They were decoded from this slice of the original, and begin at that byte of what it gave. */
  | { readonly kind: 'decoded'; readonly slice: Slice; readonly start: number };

export type Slice = Pick<ParsedAttachment, 'encoding' | 'offset' | 'length'>;

/** The attachment that a part is, as a slice of the original. `message` is the mail it is in. */
export async function describeAttachment(
  part: MailPart,
  message: Buffer,
  origin: Origin,
  prefix: string,
): Promise<ParsedAttachment> {
  const own: Slice = {
    encoding: encodingOf(part.node),
    offset: part.body.byteOffset - message.byteOffset,
    length: part.body.length,
  };
  return {
    partPath: prefix + part.path,
    fileName: fileNameOf(part),
    contentType: contentTypeOf(part),
    contentId: contentIdOf(part),
    disposition: dispositionOf(part),
    ...sliceOf(own, origin),
    size: await decodedSize(part.body, own.encoding),
  };
}

/** Where a part's own bytes are in the original. */
export function sliceOf(own: Slice, origin: Origin): Slice & Pick<ParsedAttachment, 'inner'> {
  if (origin.kind === 'decoded') {
    return { ...origin.slice, inner: { ...own, offset: origin.start + own.offset } };
  }
  return { ...own, offset: origin.offset + own.offset, inner: null };
}

/** As the sender wrote it: unsafe. Programs that write raw UTF-8 there are understood too. */
export function fileNameOf(part: MailPart): string | null {
  const name = part.node.filename;
  if (name === false) return null;
  const readable = /[\u0100-\uffff]/.test(name) ? name : decodeBytes(name);
  return cleanLine(readable, MAX_NAME) || null;
}

export function contentTypeOf(part: MailPart): string {
  if (isDigestMail(part)) return 'message/rfc822';
  const type = part.node.contentType;
  if (type === false) return 'text/plain';
  return MEDIA_TYPE.test(type) ? type : 'application/octet-stream';
}

/** RFC 2046 section 5.1.5: a part of a digest that does not say what it is, is a mail. */
function isDigestMail(part: MailPart): boolean {
  const { headers } = part.node;
  const digest = part.parent?.node.multipart === 'digest';
  return digest && headers !== false && !headers.hasHeader('content-type');
}

function contentIdOf(part: MailPart): string | null {
  const { headers } = part.node;
  const id = headers === false ? '' : headers.getFirst('content-id');
  return cleanLine(id.replace(/^\s*<|>\s*$/g, ''), 998) || null;
}

/** RFC 2183; an image that the HTML may show by its Content-ID (RFC 2392) is inline. */
function dispositionOf(part: MailPart): ParsedAttachment['disposition'] {
  const { disposition } = part.node;
  if (disposition === 'inline') return 'inline';
  const related = part.parent?.node.multipart === 'related' && contentIdOf(part) !== null;
  return disposition === false && related ? 'inline' : 'attachment';
}
