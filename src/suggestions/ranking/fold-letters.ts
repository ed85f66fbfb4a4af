import anyAscii from 'any-ascii';

/** Longer than any name; what is longer is no name. */
const MAX_LENGTH = 200;

/**
 * A text as plain small Latin letters and digits, all else being spaces: full-width letters, marks and
 * other scripts are written the common way ("Иван" is "ivan", "伟民" "weimin").
 */
export function foldLetters(text: string): string {
  return anyAscii(text.slice(0, MAX_LENGTH).normalize('NFKC'))
    .toLowerCase()
    .replace(/['`]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** A text as letters without spaces between them, however its umlauts are written. */
export function squashed(text: string): string {
  return foldUmlauts(foldLetters(text)).replaceAll(' ', '');
}

/** The same word whether its umlauts are written as "ü", "ue" or "u", its rings as "å" or "aa". */
export function foldUmlauts(word: string): string {
  return word.replace(
    /([aou])e(?!$)|aa/g,
    (pair, vowel: string | undefined) => vowel ?? pair.charAt(0),
  );
}

/**
 * What transliterations of one name have in common: "Tschernyschow" and "Chernyshov", "Khateeb" and
 * "Khatib", "Hnatiuk" and "Gnatyuk". Loose: two names that differ may have one sound.
 */
export function soundOf(word: string): string {
  return SOUNDS.reduce((text, [pattern, sound]) => text.replace(pattern, sound), word);
}

/** In this order: what is longer, and what others are made of, comes first. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/schtsch|shch|szcz/g, 's'],
  // Greek letters that are written in two ways.
  [/^mp/, 'b'],
  [/^nt/, 'd'],
  [/^gk/, 'g'],
  [/gg/g, 'ng'],
  [/([ae])u/g, '$1v'],
  [/tsch|tch|ch|kh|gh|cz/g, 'h'],
  [/sch|sh|zh|sz/g, 's'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/ck|[cq]/g, 'k'],
  [/x/g, 'ks'],
  [/tz|ts|z/g, 's'],
  [/w/g, 'v'],
  [/g/g, 'h'],
  [/[yi]o/g, 'e'],
  [/ee|ij|iy|yi|[yj]/g, 'i'],
  [/oo|ou/g, 'u'],
  [/o/g, 'u'],
  [/e/g, 'a'],
  [/(.)\1+/g, '$1'],
];

/** The consonants of a word, for scripts that write no vowels; without the Arabic article. */
export function consonantsOf(word: string): string {
  return word
    .replace(/^l(?=[^aeiou]{3})/, '')
    .replace(/[cq]/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/w/g, 'v')
    .replace(/[aeiouy]/g, '')
    .replace(/(.)\1+/g, '$1');
}
