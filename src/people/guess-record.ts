import { domainToUnicode } from 'node:url';
import { domainOf, localPartOf } from '../shared/email-address.ts';
import { isFreeMail, labelOf } from '../shared/free-mail.ts';

/** What a new record begins with. */
export interface GuessedName {
  readonly firstName: string;
  readonly lastName: string;
}

/** "Roe, Jane" and "Jane Roe", else "jane.roe" of the address; what is only one word is the last name. */
export function guessName(shown: string, address: string | null): GuessedName {
  const name = shown
    .replace(/\([^()]*\)|["']/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const comma = /^([^,]+), ([^,]+)$/.exec(name);
  if (comma) return { firstName: comma[2] ?? '', lastName: comma[1] ?? '' };
  if (name !== '' && !name.includes('@')) return splitWords(name.split(' '));
  if (address === null) return { firstName: '', lastName: '' };
  const [local = ''] = localPartOf(address).split('+');
  return splitWords(
    local
      .split(/[._]+/)
      .filter((word) => word !== '')
      .map(capital),
  );
}

/** The company that a domain names; '' for free mail and bare IP addresses. */
export function guessCompany(address: string): string {
  const domain = domainOf(address);
  if (domain.startsWith('[') || isFreeMail(domain)) return '';
  const label = labelOf(domainToUnicode(domain));
  return label
    .split('-')
    .filter((word) => word !== '')
    .map(capital)
    .join(' ');
}

function splitWords(words: readonly string[]): GuessedName {
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}

function capital(word: string): string {
  const [first = ''] = word;
  return first.toLocaleUpperCase('en') + word.slice(first.length);
}
