import { localPartOf } from '../shared/email-address.ts';
import { closingComment } from './closing-comment.ts';
import type { Facts } from './facts.ts';
import type { HeaderField, ParsedMail } from './parsed-mail.ts';
import { shorten } from './shorten.ts';

/**
 * A sign that no answer is wanted.
 * - `automatic`: no person sent this message. From nobody's address it is ignored.
 * - `no-answer`: a person may have sent it, but an answer is unwanted or may loop. The message is
 *   judged like any other; it is only never bounced.
 */
export interface AutomaticSign {
  readonly strength: 'automatic' | 'no-answer';
  /** What was seen, for the trace. */
  readonly sign: string;
}

type FieldRule = readonly [name: string, strength: AutomaticSign['strength'], test: FieldTest];
type OurAddresses = Pick<Facts, 'archiveAddresses' | 'ownAddresses'>;
type FieldTest = (value: string, facts: OurAddresses) => boolean;

const any: FieldTest = (value) => value !== '';
const unlessNo: FieldTest = (value) => !/^(?:no|false|0)?$/.test(firstWord(value));

/**
 * Sources: Auto-Submitted is RFC 3834 section 5 and RFC 5436 section 2.7.1; List-Id RFC 2919;
 * List-Unsubscribe RFC 2369; multipart/report RFC 6522, which delivery reports (RFC 3464), read
 * receipts (RFC 8098) and abuse reports (RFC 5965) share; Precedence RFC 3834 section 2;
 * X-Auto-Response-Suppress [MS-OXCMAIL] 2.1.3.2.8 (there: PidTagAutoResponseSuppress).
 *
 * Why some are weaker: List-Unsubscribe and Feedback-ID stand on people's mail too when it passes
 * through a sales tool or a relay service, and X-Auto-Response-Suppress asks for silence without
 * saying who wrote. Taken as automatic they would hide a user's mail from an unknown address, which
 * Super Administrators are to hear of. DR, RN and NRN ask only for no reports: no sign at all.
 */
const FIELD_RULES: readonly FieldRule[] = [
  ['auto-submitted', 'automatic', unlessNo],
  ['precedence', 'automatic', (v) => /^(?:bulk|list|junk|auto[_-]reply)$/.test(firstWord(v))],
  ['list-id', 'automatic', any],
  ['content-type', 'automatic', (v) => firstWord(v) === 'multipart/report'],
  ['x-failed-recipients', 'automatic', any],
  ['x-autoreply', 'automatic', unlessNo],
  ['x-autorespond', 'automatic', unlessNo],
  ['x-auto-reply-from', 'automatic', any],
  ['x-auto-response-suppress', 'no-answer', (v) => /\b(?:all|oof|autoreply)\b/i.test(v)],
  ['list-unsubscribe', 'no-answer', any],
  ['feedback-id', 'no-answer', any],
  ['x-loop', 'no-answer', namesUs],
];

/** Nobody reads these: RFC 5321 section 4.5.5 (mailer-daemon) and what senders say by the name. */
const MACHINE_NAME =
  /^(?:mailer-?daemon|bounces?|(?:.*[._-])?(?:do[._-]?not|no)[._-]?(?:reply|response|answer))(?:[+._-].*)?$/;
/** Somebody may read these, yet they are what bounces come from and go to (RFC 2142). */
const OFFICE_NAME =
  /^(?:postmaster|mail-?(?:system|administrator)|root|daemon|abuse|listserv|majordomo)$/;

/**
 * The signs in a message that no person waits for an answer: rules of DESIGN's decision table (who is
 * ignored) and of loop protection (who is never bounced). RFC 3834 section 2.
 *
 * @param sender the address the message came from, '' when unknown
 */
export function automaticSigns(
  mail: ParsedMail,
  sender: string,
  facts: OurAddresses,
): readonly AutomaticSign[] {
  const signs = FIELD_RULES.flatMap(([name, strength, test]) =>
    mail.header.fields
      .filter((field) => field.name === name && test(field.value, facts))
      .map((field) => ({ strength, sign: describe(field) })),
  );
  if (hasNullReturnPath(mail)) signs.push({ strength: 'automatic', sign: 'Return-Path: <>' });
  const local = localPartOf(sender);
  if (MACHINE_NAME.test(local)) signs.push({ strength: 'automatic', sign: `sent by ${local}@` });
  if (OFFICE_NAME.test(local)) signs.push({ strength: 'no-answer', sign: `sent by ${local}@` });
  return signs;
}

/** True when a machine sent the message, see AutomaticSign. */
export function isAutomatic(signs: readonly AutomaticSign[]): boolean {
  return signs.some((sign) => sign.strength === 'automatic');
}

/**
 * The last server writes Return-Path above all others (RFC 5321 section 4.4), so only the topmost
 * is believed; any other may have been there when the message was sent.
 */
function hasNullReturnPath(mail: ParsedMail): boolean {
  const topmost = mail.header.fields.find((field) => field.name === 'return-path');
  return topmost !== undefined && /^<\s*>/.test(topmost.value);
}

function namesUs(value: string, facts: OurAddresses): boolean {
  const text = value.toLowerCase();
  const ours = [...facts.archiveAddresses, ...facts.ownAddresses];
  return ours.some((address) => text.includes(address));
}

/**
 * A field's value up to the first parameter, comment or space, lower case. Comments may also stand
 * before it (RFC 3834 section 5), and hold others (RFC 5322 section 3.2.2).
 */
function firstWord(value: string): string {
  let rest = value.trim();
  while (rest.startsWith('(')) rest = rest.slice(closingComment(rest, 0) + 1).trimStart();
  return (/^[^\s;(,]*/.exec(rest)?.[0] ?? '').toLowerCase();
}

function describe(field: HeaderField): string {
  return `${field.name}: ${shorten(field.value, 100)}`;
}
