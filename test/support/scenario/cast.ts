import { at } from './random.ts';
import type { ScenarioPerson, ScenarioUser } from './scenario.ts';

/** The firm's own people and their correspondents: everybody whose role a case depends on. */
export const FIRM = 'northquay.example';

/** Addresses beside the primary ones that cases name. */
export const FURTHER = {
  danaAtHome: 'dana.whitfield@home-post.example',
  amelieIdn: 'amelie@xn--rivire-6ua.example',
  amelieInParis: 'a.rousseau@northquay-paris.example',
  tomUnverified: 'tom.okafor@unverified-post.example',
  lotteInPrivate: 'lotte.vermeer@private-post.example',
  lotteInTheClub: 'l.vermeer@glasbund.example',
} as const;

export const USERS = {
  dana: user('Dana Whitfield', 'dana', {
    groups: ['Super Administrators'],
    otherAddresses: [FURTHER.danaAtHome],
  }),
  tom: user('Tom Okafor', 'tom', {
    groups: ['Administrators'],
    unverifiedAddresses: [FURTHER.tomUnverified],
  }),
  juergen: user('Jürgen Weiß', 'juergen.weiss', {}),
  amelie: user('Amélie Rousseau', 'amelie', {
    otherAddresses: [FURTHER.amelieIdn, FURTHER.amelieInParis],
  }),
  keiko: user('Keiko Tanaka', 'keiko', {}),
  siobhan: user("Siobhán O'Brien", "siobhan.o'brien", {}),
  ravi: user('Ravi Menon', 'ravi+sales', {}),
  percy: user('Percy Gone', 'percy', { active: false }),
} as const satisfies Record<string, ScenarioUser>;

/** Whom a case may take when any user will do. */
export const ACTIVE_USERS: readonly ScenarioUser[] = [
  USERS.dana,
  USERS.tom,
  USERS.juergen,
  USERS.amelie,
  USERS.keiko,
  USERS.siobhan,
  USERS.ravi,
];

export const SPECIAL_PEOPLE = {
  sharedFirst: person('contact', 'Greta', 'Holm', 'office@harbourmill.example'),
  sharedSecond: person('contact', 'Nils', 'Holm', 'office@harbourmill.example'),
  twinContact: person('contact', 'Ines', 'Prado', 'info@twinelm.example'),
  twinLead: person('lead', 'Raul', 'Prado', 'info@twinelm.example'),
  manyAddresses: person('contact', 'Lotte', 'Vermeer', 'lotte@vermeer-glas.example', [
    FURTHER.lotteInPrivate,
    FURTHER.lotteInTheClub,
  ]),
  idn: person('contact', 'Björn', 'Åkesson', 'bjorn@xn--kesson-snickeri-glb.example'),
  mixedCase: person('lead', 'Mia', 'Upton', 'Mia.Upton@UpperLower.Example'),
  tagged: person('contact', 'Olga', 'Petrov', 'olga+orders@petrov-trade.example'),
  apostrophe: person('lead', 'Carla', "D'Angelo", "carla.d'angelo@angelo-tiles.example"),
  sameName: person('contact', 'Dana', 'Whitfield', 'dana@whitfield-orchards.example'),
  /** A colleague who is also kept as a contact: a user's address is never a correspondent. */
  colleague: person('contact', 'Tom', 'Okafor', 'tom@northquay.example'),
} as const satisfies Record<string, ScenarioPerson>;

const FIRST = ['Alma', 'Boris', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Gwen', 'Hiro', 'Ida', 'João'];
const LAST = ['Adler', 'Benoît', 'Castro', 'Dvořák', 'Eriksen', 'Fontaine', 'Grünwald', 'Horvat'];
const ACCOUNTS = ['Adler Works', 'Blue Heron Ltd', 'Castro y Hijos', 'Delta Freight', 'Elmwood'];

/** Forty people without any peculiarity, contacts and leads in turn. */
export const PLAIN_PEOPLE: readonly ScenarioPerson[] = Array.from({ length: 40 }, (_, index) => {
  const account = at(ACCOUNTS, index);
  const firstName = at(FIRST, index);
  const lastName = at(LAST, index * 3 + Math.floor(index / 10));
  const local = `${ascii(firstName)}.${ascii(lastName)}${String(index)}`;
  const email = `${local}@${ascii(account).replaceAll(' ', '-')}.example`;
  const type = index % 3 === 2 ? 'lead' : 'contact';
  return { ...person(type, firstName, lastName, email), ...(index % 4 === 3 ? {} : { account }) };
});

export function displayName(who: ScenarioPerson): string {
  return `${who.firstName} ${who.lastName}`;
}

function user(
  name: string,
  local: string,
  more: Partial<Omit<ScenarioUser, 'name' | 'email'>>,
): ScenarioUser {
  return {
    name,
    email: `${local}@${FIRM}`,
    groups: [],
    otherAddresses: [],
    unverifiedAddresses: [],
    active: true,
    ...more,
  };
}

function person(
  type: 'contact' | 'lead',
  firstName: string,
  lastName: string,
  email: string,
  otherAddresses: readonly string[] = [],
): ScenarioPerson {
  return { type, firstName, lastName, email, otherAddresses };
}

function ascii(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase();
}
