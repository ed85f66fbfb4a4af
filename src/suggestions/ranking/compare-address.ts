import { domainToUnicode } from 'node:url';
import { distance } from 'fastest-levenshtein';
import { domainOf, localPartOf } from '../../shared/email-address.ts';
import { isFreeMail, labelOf } from '../../shared/free-mail.ts';
import { foldUmlauts } from './fold-letters.ts';
import { isNickname } from './nicknames.ts';
import { isRoleMailbox } from './role-mailbox.ts';

/**
 * How an unknown address is like one that a record has. `same-mailbox`: another way of writing it;
 * `same-local`: an uncommon local part at another provider; `typo`: a slip of the finger, so many letters;
 * `lookalike`: a domain that is made to look like that of the record.
 */
export type AddressLikeness =
  | { readonly kind: 'same-mailbox' }
  | { readonly kind: 'same-local' }
  | { readonly kind: 'lookalike' }
  | { readonly kind: 'typo'; readonly letters: number };

const SHORTEST_LABEL = 6;
const SHORTEST_LOCAL = 7;
/** Letters that are shown like Latin ones, and digits that stand for letters. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h', ո: 'n',
  ο: 'o', α: 'a', ν: 'v', ρ: 'p', ι: 'i', κ: 'k', 0: 'o', 1: 'l', 3: 'e', 5: 's', ı: 'i',
}; // prettier-ignore

export function compareAddress(unknown: string, known: string): AddressLikeness | null {
  const [local, domain] = [localPartOf(unknown), domainOf(unknown)];
  const [ownLocal, ownDomain] = [localPartOf(known), domainOf(known)];
  if (isLookalike(domain, ownDomain)) return { kind: 'lookalike' };
  if (mailboxOf(local, domain) === mailboxOf(ownLocal, ownDomain)) return { kind: 'same-mailbox' };
  if (domain === ownDomain) return localTypo(local, ownLocal);
  if (local !== ownLocal) return null;
  const letters = domainTypo(domain, ownDomain);
  if (letters !== null && !isRoleMailbox(local)) return { kind: 'typo', letters };
  return isUncommon(local) ? { kind: 'same-local' } : null;
}

/** "+tag" is a tag; Gmail has two names and knows no dots. */
function mailboxOf(local: string, domain: string): string {
  const [bare = ''] = local.split('+');
  if (domain === 'gmail.com' || domain === 'googlemail.com') {
    return `${bare.replaceAll('.', '')}@gmail.com`;
  }
  return `${bare}@${domain}`;
}

function isUncommon(local: string): boolean {
  return local.length >= 10 && /[._\d-]/.test(local.slice(1, -1)) && !isRoleMailbox(local);
}

function localTypo(local: string, own: string): AddressLikeness | null {
  if (isRoleMailbox(local) || isRoleMailbox(own)) return null;
  const bare = (text: string) => text.replace(/[._-]/g, '');
  if (bare(local) === bare(own)) return { kind: 'typo', letters: 1 };
  if (/\d/.test(local + own) && local.replace(/\d/g, '') === own.replace(/\d/g, '')) return null;
  if (Math.min(local.length, own.length) < SHORTEST_LOCAL) return null;
  if (foldUmlauts(local) === foldUmlauts(own)) return { kind: 'typo', letters: 1 };
  const letters = slips(local, own);
  if (letters > 1 || isOtherName(local, own)) return null;
  return { kind: 'typo', letters };
}

/** "hanna" and "anna", "jan" and "jana" are two people: a letter more or less at the end of a word. */
function isOtherName(local: string, own: string): boolean {
  const [words, owns] = [local.split(/[._-]/), own.split(/[._-]/)];
  if (words.length !== owns.length) return false;
  return words.some((word, index) => {
    const other = owns[index] ?? '';
    if (word === other) return false;
    if (word.length === 1 || other.length === 1) return true;
    const [short, long] = word.length < other.length ? [word, other] : [other, word];
    if (short.length === long.length) return isNickname(word, other) || isOtherShort(word, other);
    return (
      index === 0 &&
      words.length > 1 &&
      short.length <= 7 &&
      (long.startsWith(short) || long.endsWith(short))
    );
  });
}

/** In a short word another first or last letter makes another name, unless two changed places. */
function isOtherShort(word: string, other: string): boolean {
  const isAtEnd = !word.startsWith(other.charAt(0)) || word.at(-1) !== other.at(-1);
  return (
    word.length <= 5 &&
    isAtEnd &&
    Array.from(word).sort().join() !== Array.from(other).sort().join()
  );
}

function domainTypo(domain: string, own: string): number | null {
  const [label, ownLabel] = [labelOf(domain), labelOf(own)];
  if (isFreeMail(domain) && isFreeMail(own)) return null;
  if (Math.min(label.length, ownLabel.length) < (isFreeMail(own) ? 5 : SHORTEST_LABEL)) return null;
  if (label.replaceAll('-', '') === ownLabel.replaceAll('-', '') && label !== ownLabel) return 1;
  const letters = slips(domain, own);
  if (label === ownLabel) return null;
  return letters <= (label.length >= 10 ? 2 : 1) ? letters : null;
}

/** Letters that are wrong, missing or too many; two that changed places are one slip. */
function slips(one: string, other: string): number {
  const plain = distance(one, other);
  if (plain !== 2 || one.length !== other.length) return plain;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const isSwap = one[at] === other[at + 1] && one[at + 1] === other[at];
  return isSwap && one.slice(at + 2) === other.slice(at + 2) ? 1 : plain;
}

/**
 * Another domain that is shown alike ("poh1ig", a Cyrillic "о"), or has the name of the firm with
 * something before or after it ("roe-joinery-payments", "roe-joinery.test.elsewhere.test").
 */
function isLookalike(domain: string, own: string): boolean {
  if (domain === own || isFreeMail(own)) return false;
  const shown = domainToUnicode(domain);
  if (skeletonOf(shown) === skeletonOf(own)) return true;
  const label = labelOf(own);
  if (label.length < 6 || domain.endsWith(`.${own}`) || labelOf(domain) === label) return false;
  return domain.split('.').some((part) => part === label || isExtended(part, label));
}

function isExtended(part: string, label: string): boolean {
  return part.startsWith(`${label}-`) || part.endsWith(`-${label}`);
}

function skeletonOf(domain: string): string {
  return Array.from(domain)
    .map((letter) => LOOKALIKES[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}
