import { ownMessageId } from '../archiving/own-message-id.ts';
import { domainOf } from '../shared/email-address.ts';
import type { OutgoingMail } from '../smtp/mailer.ts';

export interface OwnMailFacts {
  /** The canonical address that outgoing mail comes from. */
  readonly from: string;
  /** The name that it comes from. */
  readonly name: string;
  readonly instanceId: string;
  /** The number of the outgoing message, or another name for it. */
  readonly id: number | string;
}

/**
 * What all mail to our own users has. Automatic responders leave it alone (RFC 3834 section 5), and
 * the archive knows it as its own, should it come by there.
 */
export function ownMail({
  from,
  name,
  instanceId,
  id,
}: OwnMailFacts): Omit<OutgoingMail, 'to' | 'subject' | 'text'> {
  return {
    envelopeFrom: from,
    from: { name, address: from },
    messageId: ownMessageId(instanceId, id, domainOf(from)),
    inReplyTo: null,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Letterbook-Instance': instanceId,
    },
  };
}

/** A name or subject that somebody typed begins no line or header of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
