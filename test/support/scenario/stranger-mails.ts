import { multipart, messagePart, textPart } from '../mail-builder.ts';
import { FURTHER, SPECIAL_PEOPLE, USERS } from './cast.ts';
import { strangerMailbox, userMailbox, type Desk, type Draft } from './desk.ts';
import { arrives, arrivesAgain, duplicate, rejected } from './expectations.ts';
import { FORWARD_LAYOUTS } from './forward-layouts.ts';
import { named, originalMail } from './forwarded-mails.ts';
import { at } from './random.ts';
import type { Delivery } from './scenario.ts';
import { letter } from './texts.ts';

/**
 * Mail of those who are no users: rejected, and each sender gets one bounce. Left out, because the
 * rules leave the outcome open: an address like no-reply@ without any automatic header (no bounce,
 * but rejected or ignored?), and a sender whose Return-Path names another address.
 */
export function strangerMails(desk: Desk): Delivery[] {
  return [...single(desk), ...almostUsers(desk), ...severalOfOne(desk), ...again(desk)];
}

function stranger(desk: Desk, name: string, draft: Omit<Draft, 'from'>): Delivery {
  const who = desk.stranger();
  const mail = desk.write({ from: strangerMailbox(who), ...draft });
  return arrives(`stranger: ${name}`, mail, rejected(who.address));
}

function single(desk: Desk): Delivery[] {
  const known = desk.known();
  const dana = userMailbox(USERS.dana);
  const block = originalMail(desk, { from: named(known), to: [named(USERS.dana)], cc: [] });
  const inner = desk.write({ from: named(known).address, to: dana });
  return [
    stranger(desk, 'to the archive', { to: desk.archive }),
    stranger(desk, 'to an alias', { to: desk.archiveAlias() }),
    stranger(desk, 'in Bcc', { to: known.email }),
    stranger(desk, 'archive in Cc of a user', { to: dana, cc: desk.archive }),
    stranger(desk, 'reply to a user with a known person in Cc', {
      to: dana,
      cc: `${known.email}, ${desk.archive}`,
      subject: 'Re: Chairs',
    }),
    stranger(desk, 'forwards a mail of a known person', {
      to: desk.archive,
      subject: 'Fwd: Offer',
      part: at(FORWARD_LAYOUTS, 1).part(block, ''),
    }),
    stranger(desk, 'attaches a mail of a known person', {
      to: desk.archive,
      part: multipart('mixed', [textPart('See.'), messagePart(inner.raw, 'mail.eml')]),
    }),
    stranger(desk, 'says that it is not automatic', {
      to: desk.archive,
      fields: [['Auto-Submitted', 'no']],
    }),
    stranger(desk, 'Precedence that means nothing', {
      to: desk.archive,
      fields: [['Precedence', 'first-class']],
    }),
    stranger(desk, 'without Message-ID', { to: desk.archive, messageId: '' }),
    stranger(desk, 'without Date and subject', {
      to: desk.archive,
      without: ['date', 'subject'],
    }),
    stranger(desk, 'Sender is a user', { to: desk.archive, fields: [['Sender', dana]] }),
    stranger(desk, 'Reply-To is a user', { to: desk.archive, fields: [['Reply-To', dana]] }),
  ];
}

/** Nearly a user is no user. */
function almostUsers(desk: Desk): Delivery[] {
  const froms: Record<string, readonly [from: string, bounceTo: string]> = {
    'inactive user': [userMailbox(USERS.percy), USERS.percy.email],
    'address that was never verified': [`Tom <${FURTHER.tomUnverified}>`, FURTHER.tomUnverified],
    'name is a user': ['Dana Whitfield <dana@impostor-0.example>', 'dana@impostor-0.example'],
    'name is the address of a user': [
      `"${USERS.dana.email}" <dana@impostor-1.example>`,
      'dana@impostor-1.example',
    ],
    'name is a user in angle brackets': [
      `"Dana <${USERS.dana.email}>" <dana@impostor-2.example>`,
      'dana@impostor-2.example',
    ],
    'comment is a user': [
      `dana@impostor-3.example (${USERS.dana.email})`,
      'dana@impostor-3.example',
    ],
    'user with a tag': ['dana+news@northquay.example', 'dana+news@northquay.example'],
    'user without his tag': ['ravi@northquay.example', 'ravi@northquay.example'],
    'user at a subdomain': ['dana@mail.northquay.example', 'dana@mail.northquay.example'],
    'Cyrillic letter in the domain': [
      'dana@northqu\u0430y.example',
      'dana@xn--northquy-76g.example',
    ],
    'contact with the name of a user': [
      `Dana Whitfield <${SPECIAL_PEOPLE.sameName.email}>`,
      SPECIAL_PEOPLE.sameName.email,
    ],
    'IDN domain': ['Uwe <uwe@größe-bau.example>', 'uwe@xn--gre-bau-1va0s.example'],
  };
  return Object.entries(froms).map(([name, [from, bounceTo]]) =>
    arrives(
      `stranger: ${name}`,
      desk.write({ from, to: desk.archive, part: textPart(letter('english')) }),
      rejected(bounceTo),
    ),
  );
}

/** Several mails of one sender: one bounce. */
function severalOfOne(desk: Desk): Delivery[] {
  const who = desk.stranger();
  const written = [who.address, who.address.toUpperCase(), `Other Name <${who.address}>`];
  return written.map((from, index) =>
    arrives(
      `stranger: mail ${String(index + 1)} of one sender`,
      desk.write({ from, to: desk.archive }),
      rejected(who.address),
    ),
  );
}

/** Redelivered: a duplicate, and no second bounce. */
function again(desk: Desk): Delivery[] {
  return [2, 3].map((times) => {
    const who = desk.stranger();
    const mail = desk.write({ from: strangerMailbox(who), to: desk.archive });
    const copies = Array.from({ length: times - 1 }, () => duplicate(null));
    const fates = [rejected(who.address), ...copies];
    return arrivesAgain(`stranger: redelivered, ${String(times)} times`, mail, fates);
  });
}
