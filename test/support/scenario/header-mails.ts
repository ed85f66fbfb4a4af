import { USERS } from './cast.ts';
import { nested } from './contents-broken.ts';
import { bigContent } from './contents-with-files.ts';
import { personMailbox, strangerMailbox, userMailbox, type Desk, type Draft } from './desk.ts';
import { archived, arrives, quarantined, rejected } from './expectations.ts';
import type { Delivery } from './scenario.ts';

/**
 * Headers that are missing, doubled or nonsense. Left out, because the rules leave them open: two
 * Message-ID lines, a Message-ID of 10 KB, and From lines with a group.
 */
export function headerMails(desk: Desk): Delivery[] {
  return [...notOneFrom(desk), ...dates(desk), ...messageIds(desk), ...size(desk)];
}

const dana = userMailbox(USERS.dana);
const tom = userMailbox(USERS.tom);

/** RFC 5322 section 3.6: exactly one From; who wrote it is otherwise anybody's guess. */
function notOneFrom(desk: Desk): Delivery[] {
  const stranger = strangerMailbox(desk.stranger());
  const drafts: Record<string, Draft> = {
    'two From lines, stranger first': { from: dana, fields: [['From', stranger]] },
    'two From lines, user first': { from: stranger, fields: [['From', dana]] },
    'the same From line twice': { from: dana, fields: [['From', dana]] },
    'From in two spellings': { from: dana, fields: [['from', stranger]] },
    'From with a space before the colon': { from: dana, fields: [['From ', stranger]] },
    'two From lines, one folded': {
      from: `Dana\r\n <${USERS.dana.email}>`,
      fields: [['FROM', tom]],
    },
    'two users in one From': { from: `${dana}, ${tom}`, fields: [['Sender', dana]] },
    'a user and a stranger in one From': { from: `${dana}, ${stranger}` },
    'no From': { from: dana, without: ['from'] },
    'no From, but a Sender': { from: dana, without: ['from'], fields: [['Sender', dana]] },
    'empty From': { from: '' },
    'From without an address': { from: 'Dana Whitfield' },
    'From with something that is no address': { from: 'Dana <dana at northquay>' },
  };
  return Object.entries(drafts).map(([name, draft]) => {
    const mail = desk.write({ to: personMailbox(desk.known()), ...draft });
    return arrives(`header: ${name}`, mail, quarantined('no-single-from'));
  });
}

function dates(desk: Desk): Delivery[] {
  const values = [
    'yesterday afternoon',
    '',
    'Thu, 32 Foo 2025 99:99:99 +9999',
    'Sat, 13 Sep 275760 00:00:00 +0000',
    'Thu, 01 Jan 1970 00:00:00 +0000',
    'Mon, 03 Mar 1825 09:00:00 +0000',
    '3 Mar 25 09:12 EST',
    'Mon, 03 Mar 2031 09:00:00 -1200 (in the future)',
  ];
  const given = values.map((date) => copied(desk, `Date is "${date}"`, { date }));
  return [
    ...given,
    copied(desk, 'no Date', { without: ['date'] }),
    copied(desk, 'two Dates', { fields: [['Date', 'Mon, 03 Mar 2025 09:00:00 +0000']] }),
    copied(desk, 'no Subject', { without: ['subject'] }),
    copied(desk, 'two Subjects', { fields: [['Subject', 'The first']] }),
    copied(desk, 'a Subject of 20,000 characters', { subject: 'chairs '.repeat(2_900) }),
    copied(desk, 'raw eight-bit Subject', { subject: Buffer.from('St\u00fchle', 'latin1') }),
    copied(desk, 'a header line without a colon', {
      fields: [['X-Before', 'value\r\nthis line has none']],
    }),
    copied(desk, 'five hundred header fields', {
      fields: Array.from({ length: 500 }, (_, i) => [`X-Field-${String(i)}`, 'value'] as const),
    }),
  ];
}

function messageIds(desk: Desk): Delivery[] {
  const missing = Array.from({ length: 4 }, (_, i) =>
    copied(desk, `no Message-ID (${String(i + 1)})`, { messageId: '' }),
  );
  const bare = `bare-${String(desk.count('bare'))}@mail.example`;
  const folded = desk.messageId();
  const person = desk.known();
  const written = desk.write({
    from: dana,
    to: person.email,
    messageId: '',
    fields: [['Message-ID', `\r\n ${folded}`]],
  });
  return [
    ...missing,
    copied(desk, 'Message-ID without angle brackets', { messageId: bare }),
    copied(desk, 'Message-ID with odd characters', { messageId: '<a;b,"c"=d|e@[192.0.2.1]>' }),
    arrives(
      'header: Message-ID on the next line, as Outlook writes it',
      { raw: written.raw, messageId: folded },
      archived(USERS.dana, [person], 'copied'),
    ),
  ];
}

function size(desk: Desk): Delivery[] {
  const known = desk.known();
  const stranger = desk.stranger();
  return [
    copied(desk, 'an attachment of 1 MB', { part: bigContent(desk.random, 1_000_000) }),
    copied(desk, 'an attachment of 3 MB', { part: bigContent(desk.random, 3_000_000) }),
    copied(desk, 'an attachment of 5 MB', { part: bigContent(desk.random, 5_000_000) }),
    arrives(
      'header: a big mail of a stranger',
      desk.write({
        from: strangerMailbox(stranger),
        to: desk.archive,
        part: bigContent(desk.random, 2_000_000),
      }),
      rejected(stranger.address),
    ),
    arrives(
      'header: a thousand multiparts inside each other cannot be read',
      desk.write({ from: dana, to: known.email, part: nested(1_100) }),
      quarantined('unreadable'),
    ),
  ];
}

function copied(desk: Desk, name: string, draft: Partial<Draft>): Delivery {
  const user = desk.user();
  const person = desk.known();
  const mail = desk.write({ from: userMailbox(user), to: personMailbox(person), ...draft });
  return arrives(`header: ${name}`, mail, archived(user, [person], 'copied'));
}
