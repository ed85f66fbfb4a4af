import { foldLetters, foldUmlauts } from './fold-letters.ts';

/** A word of a name: as folded, and without what languages write differently. */
export interface NameWord {
  readonly exact: string;
  readonly loose: string;
}

/** "jun.", "III": what tells a father from his son. */
export type Generation = 'junior' | 'senior' | '2' | '3' | '4';

export interface NameWords {
  readonly words: readonly NameWord[];
  readonly generation: Generation | null;
  /** With its particles, in one: "delacruz". */
  readonly joined: string;
  /** Written in another script than Latin, or in one that leaves out vowels. */
  readonly script: 'latin' | 'other' | 'no-vowels';
  /** In Chinese characters, kana or Hangul, without spaces: '' for others. */
  readonly signs: string;
}

const TITLES = new Set(
  (
    'dr dra drs prof professor ing dipl mag mba msc bsc phd llm md ba ma mr mrs ms miss sir dame herr frau hr fr ' +
    'mme mlle mm sr sra srta senor senora don dona signor signora sig dott dottssa avv arch ir drs mgr rev esq'
  ).split(' '),
);
const NOT_LATIN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;
const NO_VOWELS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}]/u;
/** Parts of surnames that come and go. */
const PARTICLES = new Set(
  'von van vom zu zur der den de del della di da do dos das du la le al el ul bin ibn abu ben ter ten af av und and'.split(
    ' ',
  ),
);
const GENERATIONS: Readonly<Record<string, Generation>> = {
  jr: 'junior',
  jun: 'junior',
  junior: 'junior',
  sen: 'senior',
  snr: 'senior',
  senior: 'senior',
  ii: '2',
  iii: '3',
  iv: '4',
};
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Splits what is the name of one person into its words; titles and particles are left out. */
export function nameWords(name: string): NameWords {
  const folded = foldLetters(splitHangul(name)).split(' ').filter(Boolean);
  const generation = folded.map((word) => GENERATIONS[word]).find(Boolean) ?? null;
  const kept = folded.filter((word) => !TITLES.has(word) && GENERATIONS[word] === undefined);
  const words = kept.filter((word) => !PARTICLES.has(word));
  return {
    words: (words.length > 0 ? words : kept).slice(0, 12).map(toWord),
    generation,
    joined: foldUmlauts(kept.join('')),
    script: NO_VOWELS.test(name) ? 'no-vowels' : NOT_LATIN.test(name) ? 'other' : 'latin',
    signs: (name.normalize('NFKC').match(UNSPACED) ?? []).join(''),
  };
}

export function toWord(exact: string): NameWord {
  return { exact, loose: foldUmlauts(exact.replace(/^mac(?=[a-z]{3})/, 'mc')) };
}

/** A Korean name is a surname of one sign and a given name, without a space. */
function splitHangul(name: string): string {
  return name.replace(/^\s*(\p{Script=Hangul})(\p{Script=Hangul}{1,2})\s*$/u, '$1 $2');
}
