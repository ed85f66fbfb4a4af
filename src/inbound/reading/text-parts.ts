import { contentTypeOf } from './describe-attachment.ts';
import type { MailPart } from './split-mail.ts';

const TEXT_TYPES = new Set(['text/plain', 'text/html']);

/**
 * The parts that are the mail's text, not attachments: plain text and HTML not marked as attachment.
 * A text with a file name is one only if no text came before it. A multipart in which no part could
 * be found is read as plain text, so that what a broken boundary hides is not lost.
 */
export function textParts(parts: readonly MailPart[]): Set<MailPart> {
  const texts = new Set<MailPart>();
  for (const part of parts) {
    if (isText(part, texts.size > 0)) texts.add(part);
  }
  return texts;
}

function isText(part: MailPart, another: boolean): boolean {
  if (part.node.multipart !== false) return part.children.length === 0 && part.body.length > 0;
  if (!TEXT_TYPES.has(contentTypeOf(part))) return false;
  if (part.node.disposition === 'attachment') return false;
  return part.node.filename === false || !another;
}
