import { isAutomatic, type AutomaticSign } from './automatic-signs.ts';
import type { Facts } from './facts.ts';
import { isOwnMessageId } from './own-message-id.ts';
import type { MailHeader, ParsedMail } from './parsed-mail.ts';

/** What the look at the header gave; `why` is a sentence for the trace. */
export type Screening =
  | { readonly kind: 'no-single-from'; readonly why: string }
  | { readonly kind: 'own-notice'; readonly why: string }
  | { readonly kind: 'fit'; readonly why: string };

/**
 * Decides whether a message can be judged at all, before anything else looks at it.
 *
 * Exactly one From field with exactly one mailbox that can be read: with two, what one program checks
 * is not what another shows. RFC 5322 section 3.6 allows one field; the list of mailboxes that it
 * allows inside names nobody as the owner.
 *
 * Our own notice or bounce: it carries our X-Letterbook-Instance, or is automatic under a Message-ID of
 * ours, or is an automatic message (a report) that has such a mail inside.
 *
 * @param signs what automaticSigns found in the same message
 */
export function screenMessage(
  mail: ParsedMail,
  signs: readonly AutomaticSign[],
  facts: Pick<Facts, 'instanceId'>,
): Screening {
  const { fromLines, fromMailboxes, from } = mail.header;
  if (!hasSingleFrom(mail.header)) {
    const seen = `${String(fromLines)} From fields, ${String(fromMailboxes)} mailboxes in them`;
    return { kind: 'no-single-from', why: `${seen}, ${String(from.length)} of them readable.` };
  }
  const own = whyOwn(mail, isAutomatic(signs), facts.instanceId);
  if (own !== null) return { kind: 'own-notice', why: own };
  return { kind: 'fit', why: 'One From field with one mailbox; not a message of our own.' };
}

/** True when one From field holds one mailbox and that can be read: RFC 5322 section 3.6.2. */
export function hasSingleFrom(header: MailHeader): boolean {
  return header.fromLines === 1 && header.fromMailboxes === 1 && header.from.length === 1;
}

function whyOwn(mail: ParsedMail, automatic: boolean, instanceId: string): string | null {
  if (carriesOurMark(mail, instanceId)) return 'It carries the mark of this installation.';
  if (!automatic) return null;
  if (isOwnMessageId(mail.header.messageId, instanceId)) {
    return 'It is automatic and its Message-ID is one of this installation.';
  }
  const inside = mail.forwarded.some(
    (inner) =>
      carriesOurMark(inner, instanceId) || isOwnMessageId(inner.header.messageId, instanceId),
  );
  return inside ? 'It is automatic and has a mail of this installation inside.' : null;
}

function carriesOurMark(mail: ParsedMail, instanceId: string): boolean {
  return (
    instanceId !== '' &&
    mail.header.fields.some(
      (field) => field.name === 'x-letterbook-instance' && field.value.trim() === instanceId,
    )
  );
}
