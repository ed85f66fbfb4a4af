import { domainOf, localPartOf } from '../../shared/email-address.ts';
import { isFreeMail, labelOf } from '../../shared/free-mail.ts';
import type { Unknown } from './candidate.ts';
import { consonantsOf, soundOf } from './fold-letters.ts';
import { nameWords, type NameWord, type NameWords } from './name-words.ts';
import { formsOf } from './nicknames.ts';
import { readNames } from './read-names.ts';
import { isRoleMailbox } from './role-mailbox.ts';

// By what records are found for an unknown address, so that nobody compares it with all of them. A key is
// a letter that says what it is and the text: f first name, l last name, s its sound, k its consonants,
// j names written in one, c Chinese and other signs, a local part, b and e a local part and the beginning
// or end of its domain, p and q the beginning or end of a local part and its domain, d a domain.

/** Found with all of `all` and, where it is not empty, one of `any`. */
export interface KeyQuestion {
  readonly all: readonly string[];
  readonly any: readonly string[];
}

const MAX_ADDRESSES = 20;
const MAX_WORDS = 4;
const MAX_QUESTIONS = 40;
/** What a slip of the finger leaves whole at one end of a word. */
const END = 4;
const UNCOMMON_LOCAL = 8;

/** The keys that a record is found by. */
export function personKeys(person: {
  readonly firstName: string;
  readonly lastName: string;
  readonly addresses: readonly string[];
}): string[] {
  const [first, last] = [nameWords(person.firstName), nameWords(person.lastName)];
  const keys = [
    ...first.words.map(({ loose }) => `f:${loose}`),
    ...(first.joined === '' ? [] : [`f:${first.joined}`]),
    ...surnameKeys(last.words),
    ...(last.joined === '' ? [] : [`l:${last.joined}`]),
    ...joinedNames(first, last).map((name) => `j:${name}`),
    ...signKeys(first.signs, last.signs),
    ...person.addresses.slice(0, MAX_ADDRESSES).flatMap(addressKeys),
  ];
  return [...new Set(keys)];
}

function surnameKeys(words: readonly NameWord[]): string[] {
  return words.flatMap(({ loose }) => {
    const consonants = consonantsOf(loose);
    return [
      `l:${loose}`,
      ...(loose.length >= 4 ? [`s:${soundOf(loose)}`] : []),
      ...(consonants.length >= 3 ? [`k:${consonants}`] : []),
    ];
  });
}

function signKeys(first: string, last: string): string[] {
  return first + last === '' ? [] : [`c:${last}${first}`, `c:${first}${last}`];
}

/** All that compareName takes for both names in one. */
function joinedNames(first: NameWords, last: NameWords): string[] {
  const given = first.words.map(({ loose }) => loose).join('');
  const family = last.words.map(({ loose }) => loose).join('');
  const one = first.words[0]?.loose ?? '';
  const initials = first.words.map(({ loose }) => loose.charAt(0)).join('');
  if (given === '' || family === '') return [];
  return [given, one, initials, initials.charAt(0)].flatMap((name) => [
    name + family,
    family + name,
  ]);
}

/** An address as it is found by another spelling of it. Those of offices say nothing of a person. */
export function addressKeys(address: string): string[] {
  const domain = domainOf(address);
  const [tagged = ''] = localPartOf(address).split('+');
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com';
  const local = isGmail ? tagged.replaceAll('.', '') : tagged;
  const domainKeys = isFreeMail(domain) ? [] : [`d:${domain}`];
  if (isRoleMailbox(local)) return domainKeys;
  const label = labelOf(domain).replaceAll('-', '');
  const bare = tagged.replace(/[._-]/g, '');
  return [
    ...domainKeys,
    ...(local.length >= UNCOMMON_LOCAL ? [`a:${local}`] : []),
    `b:${tagged}@${label.slice(0, END)}`,
    `e:${tagged}@${label.slice(-END)}`,
    `p:${bare.slice(0, END)}@${domain}`,
    `q:${bare.slice(-END)}@${domain}`,
    // PostgreSQL takes no half of a letter that JavaScript counts as two.
  ].map((key) => key.toWellFormed());
}

/** What to ask for an unknown address, the most telling first. */
export function questionsFor(unknown: Unknown): KeyQuestion[] {
  const { names } = readNames(unknown);
  const questions = [
    ...names.flatMap((name) => pairQuestions(name.words.slice(0, MAX_WORDS))),
    ...names.map(({ words }) => one(`j:${words.map(({ loose }) => loose).join('')}`)),
    ...names.filter(({ signs }) => signs !== '').map(({ signs }) => one(`c:${signs}`)),
    ...addressKeys(unknown.address)
      .filter((key) => !key.startsWith('d:'))
      .map(one),
    ...names.flatMap(({ words, script }) =>
      words
        .slice(0, MAX_WORDS)
        .flatMap((word) => surnameKeys([word]))
        .filter((key) => !key.startsWith('k:') || script === 'no-vowels')
        .map(one),
    ),
  ];
  const distinct = new Map(questions.map((each) => [JSON.stringify(each), each]));
  return [...distinct.values()].slice(0, MAX_QUESTIONS);
}

const one = (key: string): KeyQuestion => ({ all: [key], any: [] });

/** "jane roe" may be Jane of the Roes and Roe of the Janes, or Janet. */
function pairQuestions(words: readonly NameWord[]): KeyQuestion[] {
  return words.flatMap((last, at) =>
    last.loose.length < 2
      ? []
      : words.flatMap((first, other) => {
          if (other === at) return [];
          if (first.exact.length === 1) return [one(`j:${first.exact}${last.loose}`)];
          const any = formsOf(first.loose).map((form) => `f:${form}`);
          return [{ all: [`l:${last.loose}`], any }];
        }),
  );
}

/** The keys by which a record that changes may concern a waiting address. */
export function waitingKeys(unknown: Unknown): string[] {
  const asked = questionsFor(unknown).flatMap(({ all }) => all);
  return [...new Set([...asked, ...addressKeys(unknown.address)])];
}
