import type { ZxcvbnFactory, ZxcvbnResult } from '@zxcvbn-ts/core';
import { says } from '../http/forms.ts';
import type { MessageKey } from '../http/translation.ts';

/** NIST SP 800-63B section 3.1.1.2: length counts; no rules about kinds of characters. */
const SHORTEST = 10;
/** Enough for any sentence, and little work for who sends a megabyte. */
const LONGEST = 200;
/** The time that a check takes grows with the length; what begins so well need not be read on. */
const CHECKED = 48;
/** Characters that a password must have besides words of its person. */
const LEFT = 4;
/** Of 4: more than 100,000,000 guesses, out of reach of guessing at the rate that sign-in allows. */
const GOOD_SCORE = 3;

/**
 * What is wrong with a new password: the key of a sentence that says what to do; null when it is good.
 *
 * @param about what belongs to the person and must not be most of the password: name, address.
 */
export async function findPasswordProblem(
  password: string,
  about: readonly string[],
): Promise<MessageKey | null> {
  const { length } = Array.from(password);
  if (length < SHORTEST) return says('account.password.short').error;
  if (length > LONGEST) return says('account.password.long').error;
  const words = ['letterbook', ...about.flatMap(wordsOf)];
  if (isMadeOf(password, words)) return 'account.password.personal';
  const estimate = (await strengthMeter()).check(password.slice(0, CHECKED), words);
  return estimate.score >= GOOD_SCORE ? null : explain(estimate);
}

function explain({ sequence }: ZxcvbnResult): MessageKey {
  const parts = sequence.map((part) => ({
    pattern: part.pattern,
    dictionary: 'dictionaryName' in part ? String(part.dictionaryName) : '',
  }));
  const has = (test: (part: (typeof parts)[number]) => boolean) => parts.some(test);
  if (has((part) => part.dictionary.startsWith('userInputs'))) return 'account.password.personal';
  if (has((part) => part.dictionary.startsWith('passwords'))) return 'account.password.common';
  return 'account.password.pattern';
}

/** Whether hardly anything is left without these words: however often they stand there. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  let rest = password.toLowerCase();
  const longestFirst = words.map((word) => word.toLowerCase()).sort((a, b) => b.length - a.length);
  for (const word of longestFirst) rest = rest.replaceAll(word, ' ');
  // Signs count only where no word was taken out: "!?!?" is no name.
  const left = rest.replace(/[^\p{L}\p{N}]/gu, '').length;
  return left < LEFT && rest !== password.toLowerCase();
}

/** "Dana Kim", "dana.kim@northquay.example": itself and its words. */
function wordsOf(text: string): string[] {
  return [text, ...text.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length > 2);
}

let meter: Promise<ZxcvbnFactory> | undefined;

/** Its word lists are read only once somebody sets a password. */
async function strengthMeter(): Promise<ZxcvbnFactory> {
  meter ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) =>
      new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }),
  );
  return await meter;
}
