import type { MailHeader } from './parsed-mail.ts';

/** RFC 5322 section 3.6.4 sets no bound; the first began the conversation, the last are the nearest. */
const MOST_IDS = 30;
const ID = /<([^<>\s]+)>/g;

/**
 * The ids of a mail and of those that it answers, without their angle brackets, each once: Message-ID,
 * In-Reply-To, References (RFC 5322 section 3.6.4). Two mails that share one are of one conversation.
 *
 * @returns at most 30; empty where the header has none that can be read.
 */
export function conversationOf(
  header: Pick<MailHeader, 'messageId' | 'inReplyTo' | 'references'>,
): string[] {
  const fields = [header.messageId ?? '', header.inReplyTo ?? '', ...header.references];
  const [own = [], answered = [], ...before] = fields.map((field) =>
    [...field.matchAll(ID)].flatMap(([, id]) => (id === undefined ? [] : [id])),
  );
  const [first, ...later] = before.flat();
  const ids = [...own, ...answered, ...(first === undefined ? [] : [first]), ...later.toReversed()];
  return [...new Set(ids)].slice(0, MOST_IDS);
}
