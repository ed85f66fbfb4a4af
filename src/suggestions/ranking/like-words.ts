import { distance } from 'fastest-levenshtein';
import { consonantsOf, soundOf } from './fold-letters.ts';
import type { NameWord, NameWords } from './name-words.ts';
import { isKoreanSurname, isNickname } from './nicknames.ts';

/** 1: to the letter; 0: two names. What is 0.6 is alike in sound or but for one letter. */
export type Closeness = 0 | 0.6 | 0.7 | 0.85 | 0.95 | 1;
type Script = NameWords['script'];

/** How like two surnames are, where one of the names is in `script`. */
export function likeSurname(one: NameWord, other: NameWord, script: Script): Closeness {
  if (one.exact === other.exact) return 1;
  if (one.loose === other.loose) return 0.95;
  if (script !== 'latin' && isKoreanSurname(one.exact, other.exact)) return 0.95;
  if (script === 'no-vowels' && hasSameConsonants(one, other)) return 0.7;
  if (other.loose.length < 4 || one.loose.length < 4) return 0;
  if (soundOf(one.loose) === soundOf(other.loose)) return script === 'latin' ? 0.6 : 0.85;
  const isLong = Math.min(one.loose.length, other.loose.length) >= 7;
  return isLong && distance(one.loose, other.loose) === 1 ? 0.6 : 0;
}

/** The same for first names, which have short and other forms. */
export function likeFirst(one: NameWord, other: NameWord, script: Script): Closeness {
  if (one.exact === other.exact) return 1;
  if (one.loose === other.loose) return 0.95;
  if (isNickname(one.loose, other.loose)) return 0.85;
  if (script === 'no-vowels' && hasSameConsonants(one, other)) return 0.7;
  if (other.loose.length < 3 || soundOf(one.loose) !== soundOf(other.loose)) return 0;
  return script === 'latin' ? 0.6 : 0.85;
}

function hasSameConsonants(one: NameWord, other: NameWord): boolean {
  const consonants = consonantsOf(one.loose);
  return consonants.length >= 2 && consonants === consonantsOf(other.loose);
}
