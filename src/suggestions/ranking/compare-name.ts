import { likeFirst, likeSurname, type Closeness } from './like-words.ts';
import { nameWords, type NameWord, type NameWords } from './name-words.ts';

/**
 * How a name fits that of a record. `other`: it has one half and another instead of the second, so it is
 * somebody else's. `none`: it has nothing of it.
 */
export type NameFit =
  'full' | 'initial' | 'first-initial' | 'surname' | 'first' | 'initials' | 'other' | 'none';

export interface NameMatch {
  readonly fit: NameFit;
  /** 1: to the letter. Less for nicknames, other spellings, words that one has alone. */
  readonly closeness: number;
  /** Alike in sound only, and not since another script is written in several ways. */
  readonly isLoose: boolean;
  /** One says that he is the son, or the third, and the other does not. */
  readonly generation: 'same' | 'differs' | 'untold';
}

/** The name of a record, made ready to be compared with many. */
export interface RecordName {
  readonly first: NameWords;
  readonly last: NameWords;
}

export function recordName(firstName: string, lastName: string): RecordName {
  return { first: nameWords(firstName), last: nameWords(lastName) };
}

const NOTHING: NameMatch = { fit: 'none', closeness: 0, isLoose: false, generation: 'untold' };

/** How what may be a person's name fits the name of a record. */
export function compareName(read: NameWords, record: RecordName): NameMatch {
  const generation = compareGeneration(read, record);
  if (hasSameSigns(read, record)) return { fit: 'full', closeness: 1, isLoose: false, generation };
  const script = otherScript([read.script, record.first.script, record.last.script]);
  const whole = compareJoined(read, record);
  const byWords = compareWords(read.words, record, script);
  const best = whole && rank(whole.fit) >= rank(byWords.fit) ? whole : byWords;
  return { ...best, generation };
}

type Script = NameWords['script'];

function otherScript(scripts: readonly Script[]): Script {
  return (
    scripts.find((one) => one === 'no-vowels') ?? scripts.find((one) => one === 'other') ?? 'latin'
  );
}

const ORDER: readonly NameFit[] = [
  'none',
  'other',
  'initials',
  'first',
  'surname',
  'first-initial',
  'initial',
  'full',
];

/** Greater for a name that says more. */
export function rank(fit: NameFit): number {
  return ORDER.indexOf(fit);
}

function compareGeneration(read: NameWords, { first, last }: RecordName) {
  const own = last.generation ?? first.generation;
  if (read.generation === own) return own === null ? 'untold' : 'same';
  return read.generation === null ? 'untold' : 'differs';
}

/** "高橋健一" and "健一 高橋". */
function hasSameSigns({ signs }: NameWords, { first, last }: RecordName): boolean {
  if (signs.length < 2 || first.signs + last.signs === '') return false;
  return signs === last.signs + first.signs || signs === first.signs + last.signs;
}

const join = (words: readonly NameWord[]): string => words.map(({ loose }) => loose).join('');

/** "brendanoshea", "jroessler", "zhangweimin": words without spaces between them. */
function compareJoined(
  { words }: NameWords,
  { first, last }: RecordName,
): Omit<NameMatch, 'generation'> | null {
  const text = join(words);
  const [given, family] = [join(first.words), join(last.words)];
  const [one = ''] = first.words.map(({ loose }) => loose);
  if (given === '' || family === '' || text.length < 2) return null;
  const fits = (...forms: string[]) => forms.includes(text);
  const found = (fit: NameFit, closeness: number) => ({ fit, closeness, isLoose: false });
  if (fits(given + family, family + given, one + family, family + one)) return found('full', 0.9);
  if (words.length > 1) return null;
  const [initial = '', familyInitial = ''] = [given[0], family[0]];
  if (family.length > 2 && fits(initial + family, family + initial)) return found('initial', 0.9);
  const initials = first.words.map(({ loose }) => loose[0]).join('');
  if (family.length > 2 && fits(initials + family, family + initials)) return found('initial', 1);
  if (given.length > 2 && fits(given + familyInitial, familyInitial + given)) {
    return found('first-initial', 0.9);
  }
  // "hinterj", "jhinterm": sign-in names that are cut off.
  const isCut = (name: string) => name.length >= 5 && family.startsWith(name);
  if (text.endsWith(initial) && isCut(text.slice(0, -1))) return found('initial', 0.6);
  if (text.startsWith(initial) && isCut(text.slice(1))) return found('initial', 0.6);
  if (fits(initials + familyInitial, initial + familyInitial, familyInitial + initial)) {
    return found('initials', 0.8);
  }
  return null;
}

function compareWords(
  words: readonly NameWord[],
  { first, last }: RecordName,
  script: Script,
): Omit<NameMatch, 'generation'> {
  const isForeign = script !== 'latin';
  if (words.length === 0 || first.words.length + last.words.length === 0) return NOTHING;
  const family = bestPair(words, last, (one, other) => likeSurname(one, other, script));
  const rest = words.filter((_, index) => !family.read.includes(index));
  const given = bestPair(rest, first, (one, other) => likeFirst(one, other, script));
  const left = rest.filter((_, index) => !given.read.includes(index));
  const initials = left.filter(({ exact }) => exact.length === 1);
  const wordsLeft = left.length - initials.length;
  const total = words.length + first.words.length + last.words.length;
  const share = 1 - (left.length + first.words.length + last.words.length - 2) / (total * 2);
  const is = (fit: NameFit, closeness: number, isLoose = false) => ({
    fit,
    closeness: closeness * share,
    isLoose,
  });
  const starts = (parts: readonly NameWord[]) =>
    initials.some(({ exact }) => parts.some(({ loose }) => loose.startsWith(exact)));
  const extra = initialBonus(initials, first.words);
  if (family.close > 0 && given.close > 0) {
    const isLoose = !isForeign && Math.min(family.close, given.close) < 0.7;
    return is('full', Math.min(family.close, given.close) * extra, isLoose);
  }
  if (family.close > 0.6 || (family.close > 0 && isForeign)) {
    if (starts(first.words)) return is('initial', family.close);
    if (wordsLeft === 0) return is('surname', family.close);
    return is('other', family.close);
  }
  const alone = bestPair(words, first, (one, other) => likeFirst(one, other, script));
  if (alone.close > 0) {
    if (starts(last.words)) return is('first-initial', alone.close);
    if (words.length - 1 - initials.length <= 0) return is('first', alone.close);
    return is('other', alone.close);
  }
  const both = words.every(({ exact }) => exact.length === 1) && words.length > 1;
  return both && starts(first.words) && starts(last.words) ? is('initials', 0.8) : NOTHING;
}

/** An initial that is not among the record's own ones speaks against it: "Mary E." and "Mary A.". */
function initialBonus(initials: readonly NameWord[], first: readonly NameWord[]): number {
  const own = first.filter(({ exact }) => exact.length === 1);
  if (initials.length === 0 || own.length === 0) return 1;
  return initials.some(({ exact }) => own.some((one) => one.exact === exact)) ? 1 : 0.6;
}

/** The words of `read` that are likest to one of a record: one word, or two that it writes in one. */
function bestPair(
  read: readonly NameWord[],
  own: NameWords,
  like: (one: NameWord, other: NameWord) => Closeness,
): { close: number; read: readonly number[] } {
  let best: { close: number; read: readonly number[] } = { close: 0, read: [] };
  const whole = { exact: own.joined, loose: own.joined };
  const candidates = own.words.some(({ loose }) => loose === own.joined)
    ? own.words
    : [...own.words, whole];
  const pairs = read.slice(1).map((word, at) => ({
    word: joinWords([...read.slice(at, at + 1), word]),
    read: [at, at + 1],
  }));
  const singles = read.map((word, at) => ({ word, read: [at] }));
  for (const { word, read: at } of [...singles, ...pairs]) {
    if (word.exact.length < 2) continue;
    for (const other of candidates) {
      const close = like(word, other);
      if (close > best.close) best = { close, read: at };
    }
  }
  return best;
}

function joinWords(words: readonly NameWord[]): NameWord {
  return { exact: words.map(({ exact }) => exact).join(''), loose: join(words) };
}
