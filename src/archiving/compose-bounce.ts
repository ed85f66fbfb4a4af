import { canonicalAddress, domainOf } from '../shared/email-address.ts';
import { ownMessageId } from './own-message-id.ts';
import { shorten } from './shorten.ts';

/** What a bounce is made of. Everything that came from outside is cleaned here. */
export interface BounceInput {
  /** Canonical; whom decideBounce named. */
  readonly to: string;
  readonly originalMessageId: string | null;
  readonly originalSubject: string;
  /** Where the message was sent. */
  readonly archiveAddress: string;
  /** The sender's address that no user has. */
  readonly usedAddress: string;
  /** Name and address of this installation's outgoing mail. */
  readonly fromName: string;
  readonly fromAddress: string;
  readonly instanceId: string;
  readonly at: Date;
  /** The number of the outgoing message. */
  readonly id: number;
}

/** A mail ready for the mailer port. */
export interface ComposedMail {
  readonly envelopeFrom: string;
  readonly to: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

const SUBJECT = 'Owner of the message does not exist';
const MAX_SUBJECT = 120;

/**
 * The answer to a message whose owner does not exist: an automatic response after RFC 3834 with the null
 * envelope sender (section 3.3), Auto-Submitted (section 3.1.7), In-Reply-To and References, and
 * without the original's body, so that nobody can have Letterbook send a text of theirs.
 *
 * No value can begin a new header line: control and direction characters are taken out, addresses
 * must be canonical, and a Message-ID that is not plain ASCII in brackets is left out.
 *
 * @throws when `to` or `fromAddress` is not a canonical address: a bug of the caller
 */
export function composeBounce(input: BounceInput): ComposedMail {
  const to = mustBeCanonical(input.to);
  const fromAddress = mustBeCanonical(input.fromAddress);
  const instanceId = oneLine(input.instanceId).replace(/[^\w-]/g, '');
  const original = plainMessageId(input.originalMessageId);
  const subject = shorten(oneLine(input.originalSubject), MAX_SUBJECT);
  return {
    envelopeFrom: '',
    to,
    from: { name: oneLine(input.fromName), address: fromAddress },
    subject: subject === '' ? SUBJECT : `${SUBJECT}: ${subject}`,
    text: bounceText(input, subject),
    messageId: ownMessageId(instanceId, input.id, domainOf(fromAddress)),
    inReplyTo: original,
    headers: {
      Date: input.at.toUTCString().replace(/GMT$/, '+0000'),
      'Auto-Submitted': 'auto-replied',
      'X-Auto-Response-Suppress': 'All',
      'X-Letterbook-Instance': instanceId,
      ...(original === null ? {} : { References: original }),
    },
  };
}

function bounceText(input: BounceInput, subject: string): string {
  const used = oneLine(input.usedAddress);
  return [
    'Your message was not archived: the owner of the message does not exist.',
    '',
    `  Sent from: ${used}`,
    `  Sent to:   ${oneLine(input.archiveAddress)}`,
    `  Subject:   ${subject === '' ? '(none)' : subject}`,
    '',
    `Letterbook archives mail for its users only, and no user has the address ${used}.`,
    '',
    'If you are a user, do one of these:',
    '- Send the message again from an email address that is in your profile.',
    '- Add this address to your profile (Settings, My Profile), confirm it, and send the message again.',
    '- Ask a Super Administrator of Letterbook in your organisation to add it. They have been told',
    '  about your message, which is kept until then.',
    '',
    'If you are not a user, you need not do anything.',
    '',
    'This answer was written by a program. Please do not reply to it.',
    '',
  ].join('\n');
}

/** One line of text that can be seen: no control characters, no line or direction marks. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cf}]/gu, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** RFC 5322 section 3.6.4, with angle brackets; null when it cannot stand in a header as it is. */
function plainMessageId(messageId: string | null): string | null {
  const text = messageId?.trim() ?? '';
  return text.length <= 900 && /^<[!-;=?-~]+>$/.test(text) ? text : null;
}

function mustBeCanonical(address: string): string {
  if (canonicalAddress(address) === address) return address;
  throw new Error(`A bounce needs canonical addresses, and ${JSON.stringify(address)} is none.`);
}
