import { encodedWords } from '../mail-builder.ts';
import { FURTHER, USERS } from './cast.ts';
import { personMailbox, strangerMailbox, userMailbox, type Desk, type Draft } from './desk.ts';
import { archived, arrives, unmatched, type Fate } from './expectations.ts';
import type { Delivery, ScenarioUser } from './scenario.ts';

/** Whose mail it is: From, exactly, or Resent-From; names, Sender and Reply-To count for nothing. */
export function ownerMails(desk: Desk): Delivery[] {
  return [...fromFields(desk), ...besideFrom(desk), ...resent(desk)];
}

function fromFields(desk: Desk): Delivery[] {
  const { dana, amelie, juergen, siobhan, ravi, keiko } = USERS;
  const written: readonly (readonly [string, string | Buffer, ScenarioUser])[] = [
    ['second address of the profile', FURTHER.danaAtHome, dana],
    ['address at an IDN domain, A-labels', FURTHER.amelieIdn, amelie],
    ['address at an IDN domain, Unicode', 'amelie@rivière.example', amelie],
    ['address in another office', `Amelie <${FURTHER.amelieInParis.toUpperCase()}>`, amelie],
    ['capitals', 'DANA@NORTHQUAY.EXAMPLE', dana],
    [
      'name in iso-8859-1',
      `${encodedWords('Jürgen Weiß', 'iso-8859-1')} <${juergen.email}>`,
      juergen,
    ],
    ['name in raw bytes', Buffer.from(`J\u00fcrgen <${juergen.email}>`, 'latin1'), juergen],
    ['apostrophe', `"O'Brien, S." <${siobhan.email}>`, siobhan],
    ['tag that is part of it', ravi.email, ravi],
    ['old comment form', `${keiko.email} (Keiko Tanaka)`, keiko],
    ['name is a stranger address', `"stranger@nobody-0.example" <${keiko.email}>`, keiko],
    ['name is a colleague', `"Dana Whitfield" <${keiko.email}>`, keiko],
    ['quoted local part', '"keiko"@northquay.example', keiko],
    ['final dot', '<keiko@northquay.example.>', keiko],
    ['folded', `Keiko\r\n\t<${keiko.email}>`, keiko],
  ];
  return written.flatMap(([name, from, owner], index) => {
    const person = desk.known();
    const to = index % 5 === 4 ? strangerMailbox(desk.stranger()) : personMailbox(person);
    const fate: Fate =
      index % 5 === 4 ? unmatched(owner, 'copied') : archived(owner, [person], 'copied');
    return [arrives(`owner: From with ${name}`, desk.write({ from, to }), fate)];
  });
}

function besideFrom(desk: Desk): Delivery[] {
  const owned = (name: string, draft: (known: string) => Draft) => {
    const person = desk.known();
    const mail = desk.write(draft(personMailbox(person)));
    return arrives(`owner: ${name}`, mail, archived(USERS.tom, [person], 'copied'));
  };
  const from = userMailbox(USERS.tom);
  return [
    owned('Sender is somebody else', (to) => ({
      from,
      to,
      fields: [['Sender', 'assistant@bureau.example']],
    })),
    owned('Sender is a colleague', (to) => ({
      from,
      to,
      fields: [['Sender', userMailbox(USERS.dana)]],
    })),
    owned('Reply-To is a stranger', (to) => ({
      from,
      to,
      fields: [['Reply-To', 'replies@nobody-1.example']],
    })),
    // The table sends automatic mail away only when nobody owns it.
    owned('sent by a program in the name of a user', (to) => ({
      from,
      to,
      fields: [['Auto-Submitted', 'auto-generated']],
    })),
    owned('a newsletter that a user sent', (to) => ({
      from,
      to,
      fields: [
        ['Precedence', 'bulk'],
        ['List-Id', '<news.northquay.example>'],
      ],
    })),
    owned('Return-Path is empty but From is a user', (to) => ({
      from,
      to,
      fields: [['Return-Path', '<>']],
    })),
  ];
}

// RFC 5322 section 3.6.6. Left out, because the rules do not say who owns it: From is one user and
// Resent-From is another, or From is a user and Resent-From a stranger.
function resent(desk: Desk): Delivery[] {
  const resend = (name: string, user: ScenarioUser, resentFrom: string, known: boolean) => {
    const person = desk.known();
    const from = known ? personMailbox(person) : strangerMailbox(desk.stranger());
    const mail = desk.write({
      from,
      to: userMailbox(user),
      fields: [
        ['Resent-From', resentFrom],
        ['Resent-To', desk.archive],
        ['Resent-Date', 'Mon, 03 Mar 2025 09:00:00 +0000'],
        ['Resent-Message-ID', desk.messageId()],
      ],
    });
    // Whether a redirected mail was "copied" or "forwarded" is left open.
    const fate = known ? archived(user, [person], null) : unmatched(user, null);
    return arrives(`owner: redirected, ${name}`, mail, fate);
  };
  const { keiko, tom, dana } = USERS;
  return [
    resend('known sender', keiko, userMailbox(keiko), true),
    resend('unknown sender', tom, tom.email.toUpperCase(), false),
    resend('by the second address', dana, FURTHER.danaAtHome, true),
  ];
}
