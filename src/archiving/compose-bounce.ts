import { canonicalAddress, domainOf } from '../shared/email-address.ts';
import { escapeHtml } from '../shared/escape-html.ts';
import { BOUNCE_WORDS, type BounceWords } from './bounce-words.ts';
import type { BounceLanguage } from './likely-language.ts';
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
  /** What the sender is likely to read. */
  readonly language: BounceLanguage;
}

/** A mail ready for the mailer port. */
export interface ComposedMail {
  readonly envelopeFrom: string;
  readonly to: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
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
  const subject = shorten(withoutLinks(oneLine(input.originalSubject)), MAX_SUBJECT);
  const told = {
    from: shownAddress(oneLine(input.usedAddress)),
    to: oneLine(input.archiveAddress),
    subject,
  };
  const spoken = wordsFor(input.language);
  return {
    envelopeFrom: '',
    to,
    from: { name: oneLine(input.fromName), address: fromAddress },
    subject: subject === '' ? SUBJECT : `${SUBJECT}: ${subject}`,
    text: spoken.map((one) => textOf(one, told)).join('\n----\n\n'),
    html: spoken.map((one) => htmlOf(one, told)).join('\n<hr>\n'),
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

/** What a bounce tells of a message, cleaned. */
interface Told {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
}

/** In English last, unless it is in English anyway: the language is only likely. */
function wordsFor(language: BounceLanguage): readonly Spoken[] {
  const english = { language: 'en', words: BOUNCE_WORDS.en } as const;
  return language === 'en' ? [english] : [{ language, words: BOUNCE_WORDS[language] }, english];
}

interface Spoken {
  readonly language: BounceLanguage;
  readonly words: BounceWords;
}

function textOf({ words }: Spoken, told: Told): string {
  return [
    words.notArchived,
    '',
    `  ${words.sentFrom}: ${told.from}`,
    `  ${words.sentTo}: ${told.to}`,
    `  ${words.subject}: ${told.subject || words.noSubject}`,
    '',
    fillIn(words.why, told.from),
    '',
    words.ifUser,
    ...words.remedies.map((what) => `- ${what}`),
    '',
    words.otherwise,
    '',
    words.automatic,
    '',
  ].join('\n');
}

/** Without a link or a picture: nothing that came from outside can be pressed. */
function htmlOf({ language, words }: Spoken, told: Told): string {
  const row = (name: string, value: string) =>
    `<tr><th align="left">${escapeHtml(name)}</th><td><bdi>${escapeHtml(value)}</bdi></td></tr>`;
  return [
    `<div lang="${language}">`,
    `<p><strong>${escapeHtml(words.notArchived)}</strong></p>`,
    '<table>',
    row(words.sentFrom, told.from),
    row(words.sentTo, told.to),
    row(words.subject, told.subject || words.noSubject),
    '</table>',
    `<p>${escapeHtml(fillIn(words.why, told.from))}</p>`,
    `<p>${escapeHtml(words.ifUser)}</p>`,
    '<ul>',
    ...words.remedies.map((what) => `<li>${escapeHtml(what)}</li>`),
    '</ul>',
    `<p>${escapeHtml(words.otherwise)}</p>`,
    `<p>${escapeHtml(words.automatic)}</p>`,
    '</div>',
  ].join('\n');
}

function fillIn(text: string, address: string): string {
  return text.replace('%s', () => address);
}

/** One line of text that can be seen: no control characters, no line or direction marks. */
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cf}]/gu, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/**
 * Leaves out each word that a mail program could make a link of, also where it is in no HTML: who forges a
 * From would have Letterbook send his link to its owner. What is left lets a sender know his mail again.
 */
function withoutLinks(line: string): string {
  return line.replace(/\S+/g, (word) => (CLICKABLE.test(word) ? '[…]' : word));
}

/** A scheme, an address, a number of IPv4, a share, or two labels with a dot, as IDNA (RFC 3490 section 3.1) has dots. */
const CLICKABLE =
  /:\/\/|@|\b(?:mailto|tel|sms|callto|facetime):|\\\\|(?:\d+\.){3}\d|[^\s.][.\u3002\uFF0E\uFF61][\p{L}\p{M}]{2}/iu;

/**
 * The sender's own address. Who forges a From chooses its local part and, where the mailbox has them, its tag
 * (RFC 5233), and still reaches its owner: what could hold more than a name is left out.
 */
function shownAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [, name = '', tag] = /^([^+]*)(?:\+(.*))?$/s.exec(address.slice(0, at)) ?? [];
  if (!/^[\p{L}\p{M}\p{N}._'-]+$/u.test(name)) return `[…]${address.slice(at)}`;
  if (tag === undefined || /^[\p{L}\p{M}\p{N}_-]*$/u.test(tag)) return address;
  return `${name}+[…]${address.slice(at)}`;
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
