import { Picker } from '../forwards/picker.ts';
import { slug } from './case-words.ts';
import type { KnownPerson } from './suggestion-case.ts';

export interface Crowd {
  readonly count: number;
  /** All of them work there; else each has a firm or a free-mail address of his own. */
  readonly domain?: string;
  readonly account?: string;
}

const FIRST_NAMES =
  'Adam Agnes Alba Amir Andrea Anton Arun Astrid Bernd Birgit Bruno Camille Carlos Cem Claire Daan Daniel David Elena Emma Erik Fatima Felix Francesca Frank George Greta Hannah Harald Helen Hugo Ines Ivana James Jan Joana Jonas Julia Karin Katarzyna Kenji Klaus Laura Lars Leila Linda Lucas Magda Marco Maria Mark Martin Michael Mila Monika Nadia Nina Olivier Oskar Paul Petra Philippe Rachel Rolf Sabine Samuel Sara Simon Sofia Stefan Susan Thomas Tim Ulrike Vera Viktor Wanda Yusuf'.split(
    ' ',
  );
const LAST_NAMES =
  'Adler Andersen Bakker Baumann Becker Bianchi Björk Bouchard Brandt Brown Carter Castro Costa Dahl Delgado Demir Dubois Eriksson Evans Ferreira Fontaine Fuchs Gomez Graf Green Haas Hansen Harris Hofmann Hughes Ivanova Jansen Johansson Kaya Keller Klein Kowalczyk Krause Kumar Lang Lefebvre Lindqvist Lopez Lorenz Marino Meyer Moreau Morris Navarro Nielsen Novak Olsen Patel Pereira Peeters Pohl Reed Ricci Robinson Rossi Santos Sato Schmitt Schubert Silva Simon Stein Sørensen Taylor Thomsen Torres Turner Vargas Visser Vogel Walker Weber Winkler Wojcik Wright Yilmaz Ziegler'.split(
    ' ',
  );
const TRADES = ['logistics', 'metall', 'print', 'bau', 'optik', 'foods', 'marine', 'software'];
const FREE_MAIL = ['gmail.com', 'gmx.net', 'outlook.com', 'web.de', 'yahoo.com', 'icloud.com'];

/**
 * Plausible people, the same every time, who have nothing to do with a case: none has a surname that
 * is part of one of the `strangers` (names and addresses). First names they may well share.
 */
export function writeCrowd(
  seed: string,
  { count, domain, account }: Crowd,
  strangers: readonly string[],
): KnownPerson[] {
  const taken = strangers.map(plain);
  const surnames = LAST_NAMES.filter((name) => !taken.some((each) => each.includes(plain(name))));
  return Array.from({ length: count }, (_, index) => {
    const picker = new Picker(`${seed} ${index}`);
    const firstName = picker.of(FIRST_NAMES);
    const lastName = picker.of(surnames);
    const host = domain ?? writeDomain(picker, surnames);
    return {
      id: `crowd-${index + 1}`,
      kind: picker.below(4) === 0 ? 'lead' : 'contact',
      firstName,
      lastName,
      account: account ?? null,
      addresses:
        picker.below(20) === 0 ? [] : [`${writeLocalPart(picker, firstName, lastName)}@${host}`],
      lastLinkedByThisUserDaysAgo: picker.below(5) === 0 ? 20 + picker.below(300) : null,
    };
  });
}

function writeDomain(picker: Picker, surnames: readonly string[]): string {
  if (picker.below(4) === 0) return picker.of(FREE_MAIL);
  const ending = picker.of(['example', 'test']);
  return `${slug(picker.of(surnames))}-${picker.of(TRADES)}.${ending}`;
}

function writeLocalPart(picker: Picker, firstName: string, lastName: string): string {
  const [first, last] = [slug(firstName), slug(lastName)];
  return picker.of([`${first}.${last}`, `${first}.${last}`, `${first[0]!}.${last}`, first, last]);
}

function plain(text: string): string {
  return slug(text).replaceAll('-', '');
}
