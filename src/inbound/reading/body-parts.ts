import type { BodyPart } from '../../archiving/parsed-mail.ts';
import { contentTypeOf, type Origin, sliceOf } from './describe-attachment.ts';
import type { MailPart } from './split-mail.ts';
import { encodingOf } from './transfer-encoding.ts';

/** Mail programs write a text around each image; more than this is none of them. */
const MAX_PARTS = 20;

/**
 * The texts that the formatted body is made of: all HTML, and what plain text stands beside it, such
 * as the footer that a list adds. Of alternatives (RFC 2046 section 5.1.4) the HTML alone.
 */
export function bodyParts(
  texts: ReadonlySet<MailPart>,
  message: Buffer,
  origin: Origin,
): BodyPart[] {
  const all = [...texts];
  const around = new Set(all.filter(isHtml).flatMap(ancestors));
  if (!all.some(isHtml)) return [];
  const isInstead = (part: MailPart) => part.node.multipart === 'alternative' && around.has(part);
  return all
    .filter((part) => isHtml(part) || !ancestors(part).some(isInstead))
    .slice(0, MAX_PARTS)
    .map((part) => describe(part, message, origin));
}

function describe(part: MailPart, message: Buffer, origin: Origin): BodyPart {
  const own = {
    encoding: encodingOf(part.node),
    offset: part.body.byteOffset - message.byteOffset,
    length: part.body.length,
  };
  const charset = (part.node.charset || '').replace(/[^\w.:+-]/g, '').slice(0, 60);
  return { kind: isHtml(part) ? 'html' : 'text', charset, ...sliceOf(own, origin) };
}

function isHtml(part: MailPart): boolean {
  return part.node.multipart === false && contentTypeOf(part) === 'text/html';
}

function ancestors(part: MailPart): MailPart[] {
  const found: MailPart[] = [];
  for (let around = part.parent; around; around = around.parent) found.push(around);
  return found;
}
