import { encodedWords } from '../mail-builder.ts';
import { FURTHER, SPECIAL_PEOPLE, USERS, displayName } from './cast.ts';
import { strangerMailbox, userMailbox, type Desk, type Draft } from './desk.ts';
import { archived, arrives, unmatched, type Fate } from './expectations.ts';
import type { Delivery, ScenarioPerson, ScenarioUser } from './scenario.ts';

/** Records and addresses with peculiarities: only the canonical address counts, and it counts exactly. */
export function addressMails(desk: Desk): Delivery[] {
  return [
    ...recordsWithPeculiarities(desk),
    ...spellings(desk),
    ...namesThatLie(desk),
    ...almostTheAddress(desk),
    ...lists(desk),
  ];
}

function copied(
  desk: Desk,
  name: string,
  draft: Omit<Draft, 'from'>,
  fate: (u: ScenarioUser) => Fate,
) {
  const user = desk.user();
  const mail = desk.write({ from: userMailbox(user), ...draft });
  return arrives(`addresses: ${name}`, mail, fate(user));
}

function recordsWithPeculiarities(desk: Desk): Delivery[] {
  const reach = (name: string, to: string, ...people: (ScenarioPerson | string)[]) =>
    copied(desk, name, { to }, (user) => archived(user, people, 'copied'));
  const many = SPECIAL_PEOPLE.manyAddresses;
  return [
    reach(
      'two contacts share it',
      'Office <office@harbourmill.example>',
      SPECIAL_PEOPLE.sharedFirst,
    ),
    reach('a contact and a lead share it', 'info@twinelm.example', SPECIAL_PEOPLE.twinContact),
    reach('first address of three', many.email, many),
    ...many.otherAddresses.map((address) => reach(`further address ${address}`, address, address)),
    reach(
      'two addresses of one person in one mail',
      `${many.email}, ${FURTHER.lotteInPrivate}`,
      many.email,
      FURTHER.lotteInPrivate,
    ),
    reach('an apostrophe in it', SPECIAL_PEOPLE.apostrophe.email, SPECIAL_PEOPLE.apostrophe),
    reach('a tag that is part of it', SPECIAL_PEOPLE.tagged.email, SPECIAL_PEOPLE.tagged),
    reach(
      'a namesake of a user',
      `Dana Whitfield <${SPECIAL_PEOPLE.sameName.email}>`,
      SPECIAL_PEOPLE.sameName,
    ),
  ];
}

function spellings(desk: Desk): Delivery[] {
  const idn = SPECIAL_PEOPLE.idn;
  const mixed = SPECIAL_PEOPLE.mixedCase;
  const written: readonly (readonly [string, string, ScenarioPerson])[] = [
    ['domain in A-labels', `Bjorn <${idn.email}>`, idn],
    ['domain in Unicode', 'bjorn@åkesson-snickeri.example', idn],
    ['domain in Unicode capitals', 'BJORN@ÅKESSON-SNICKERI.EXAMPLE', idn],
    ['A-labels in capitals', idn.email.toUpperCase(), idn],
    ['all lower case', mixed.email.toLowerCase(), mixed],
    ['all capitals', mixed.email.toUpperCase(), mixed],
    ['as stored', mixed.email, mixed],
    ['quoted local part', '"mia.upton"@upperlower.example', mixed],
    ['final dot of the domain', 'mia.upton@upperlower.example.', mixed],
    ['only angle brackets', '<mia.upton@upperlower.example>', mixed],
    ['comment behind it', 'mia.upton@upperlower.example (Mia)', mixed],
    ['spaces inside the angle brackets', 'Mia < mia.upton@upperlower.example >', mixed],
    ['folded between name and address', 'Mia\r\n <mia.upton@upperlower.example>', mixed],
  ];
  return written.map(([name, to, person]) =>
    copied(desk, `spelling, ${name}`, { to }, (user) => archived(user, [person], 'copied')),
  );
}

function namesThatLie(desk: Desk): Delivery[] {
  const known = desk.known();
  const other = desk.known();
  const nobody = desk.stranger().address;
  return [
    copied(
      desk,
      'name of a known person, unknown address',
      { to: `${ascii(known)} <${nobody}>` },
      (u) => unmatched(u, 'copied', { reason: 'no-match' }),
    ),
    copied(
      desk,
      'name is a known address, address is not',
      { to: `"${known.email}" <${nobody}>` },
      (u) => unmatched(u, 'copied', { reason: 'no-match' }),
    ),
    copied(
      desk,
      'name is another known address',
      { to: `"${other.email}" <${known.email}>` },
      (u) => archived(u, [known], 'copied'),
    ),
    copied(desk, 'name is the archive address', { to: `"${desk.archive}" <${known.email}>` }, (u) =>
      archived(u, [known], 'copied'),
    ),
    copied(
      desk,
      'encoded name with a comma and an address',
      { to: `${encodedWords(`Müller, Jürgen <${other.email}>`)} <${known.email}>` },
      (u) => archived(u, [known], 'copied'),
    ),
    copied(desk, 'no name, only the address as name', { to: `"" <${known.email}>` }, (u) =>
      archived(u, [known], 'copied'),
    ),
  ];
}

function almostTheAddress(desk: Desk): Delivery[] {
  const known = desk.known().email;
  const [local = '', domain = ''] = known.split('@');
  const near: readonly (readonly [string, string])[] = [
    ['a tag that the record lacks', `${local}+chairs@${domain}`],
    ['without the tag that the record has', 'olga@petrov-trade.example'],
    ['a subdomain', `${local}@mail.${domain}`],
    ['a longer domain', `${local}@${domain}.test`],
    ['a Cyrillic letter in the domain', `${local}@${domain.replace('a', '\u0430')}`],
    ['a dot more in the local part', `${local.slice(0, 2)}.${local.slice(2)}@${domain}`],
    ['the address as a local part', `"${known}"@nobody-here.example`],
  ];
  return near.map(([name, to]) =>
    copied(desk, `nearly, ${name}`, { to }, (u) => unmatched(u, 'copied', { reason: 'no-match' })),
  );
}

function lists(desk: Desk): Delivery[] {
  const [first, second] = [desk.known(), desk.known()];
  const everybody = Array.from({ length: 300 }, (_, i) => `guest${String(i)}@crowd.example`);
  return [
    copied(
      desk,
      'a group with two known members',
      {
        to: `Customers: ${first.email}, ${strangerMailbox(desk.stranger())}, ${second.email};`,
      },
      (u) => archived(u, [first, second], 'copied'),
    ),
    copied(
      desk,
      'an empty group and a known Cc',
      {
        to: 'undisclosed-recipients:;',
        cc: first.email,
      },
      (u) => archived(u, [first], 'copied'),
    ),
    copied(
      desk,
      'one known among three hundred',
      {
        to: [...everybody, second.email].join(', '),
      },
      (u) => archived(u, [second], 'copied'),
    ),
    copied(
      desk,
      'the same person in To and Cc',
      {
        to: first.email,
        cc: first.email.toUpperCase(),
      },
      (u) => archived(u, [first], 'copied'),
    ),
    copied(
      desk,
      'something that is no address beside a known one',
      {
        to: `not an address, ${first.email}, @, <>`,
      },
      (u) => archived(u, [first], 'copied'),
    ),
    arrives(
      'addresses: a colleague who is also a contact is not a correspondent',
      desk.write({ from: userMailbox(USERS.dana), to: `tom@northquay.example, ${first.email}` }),
      archived(USERS.dana, [first], 'copied'),
    ),
  ];
}

function ascii(person: ScenarioPerson): string {
  return encodedWords(displayName(person));
}
