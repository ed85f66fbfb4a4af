import { domainToUnicode } from 'node:url';
import { domainOf, localPartOf } from './email-address.ts';

/**
 * Small letters that are easily taken for Latin ones, by their alphabet, each pair "letter, Latin": the
 * part of Unicode's confusables.txt (UTS #39) that a mail program's font shows alike. Full-width and
 * other forms of one letter are Latin by NFKC already.
 */
const LOOKALIKES = new Map(
  [
    // Cyrillic
    'аa ԁd еe һh іi јj кk ӏl мm нh оo рp ԛq ѕs тt уy үy ѵv ԝw хx сc гr вb пn',
    // Greek
    'αa εe ιi κk νv οo ρp τt υu χx γy ηn ωw ϲc ϳj',
    // Armenian
    'օo սu հh ցg զq ոn քf աw',
    // Latin letters of other languages
    'ıi ɑa ɡg ɩi ᴄc ᴏo ᴜu ᴠv ᴡw ᴢz ꜱs',
  ].flatMap((pairs) => pairs.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)] as const)),
);

/** Alphabets that have lookalikes of each other's letters. */
const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
];

/**
 * A canonical address as a reader may take it: its domain as it is shown, and every letter that looks
 * like a Latin one as that letter. Plain addresses stay as they are.
 */
export function latinForm(address: string): string {
  return shown(address).replace(/[^\p{ASCII}]/gu, (letter) => LOOKALIKES.get(letter) ?? letter);
}

/**
 * Whether letters of two alphabets stand in one word of a canonical address (UTS #39, 5.1), which honest
 * names of people and domains do not have.
 */
export function mixesAlphabets(address: string): boolean {
  return shown(address)
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => ALPHABETS.filter((alphabet) => alphabet.test(word)).length > 1);
}

/**
 * What addresses that cannot be told apart in most fonts have in common: "rn" and "m", "1" and "l", "0"
 * and "o" as well. To be compared, not shown.
 */
export function skeletonOf(address: string): string {
  return latinForm(address)
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('1', 'l')
    .replaceAll('0', 'o');
}

function shown(address: string): string {
  const domain = domainOf(address);
  const text = `${localPartOf(address)}@${domainToUnicode(domain) || domain}`;
  return text.normalize('NFKC').toLowerCase();
}
