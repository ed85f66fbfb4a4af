/** The languages of forwards, and others that dates are written in, with the locales that have them. */
const LOCALES: ReadonlyMap<string, readonly string[]> = new Map(
  'en en-GB,de,fr,es,pt,it,nl,da,nb,sv,fi,pl,cs,sk,hu,ro,hr,et,el,ru,uk,tr,he,ar ar-LB ar-MA ar-DZ,bg,sl,lt,ca,lv,sr sr-Latn,is,id,hi,th-u-ca-gregory,fa-u-ca-gregory'
    .split(',')
    .map((locales) => [locales.slice(0, 2), locales.split(' ')]),
);
export const DATE_LANGUAGES: readonly string[] = [...LOCALES.keys()];
const A_SUNDAY = Date.UTC(2025, 0, 5);
const DAY = 86_400_000;

type Names = ReadonlyMap<string, ReadonlySet<number>>;

interface DateNames {
  readonly months: Names;
  readonly weekdays: Names;
}

/** Each language is read when a date needs it: all of them take some tenths of a second. */
const known = new Map<string, DateNames>();

/**
 * The months, 1 to 12, that a word is the name of, in whole or short. In all languages "listopada" is
 * October and November.
 *
 * @param languages empty for all
 */
export function monthsCalled(word: string, languages: ReadonlySet<string>): number[] {
  return called(word, languages, 'months');
}

/**
 * The days of the week, Sunday being 0, that a word is the name of, in whole or short.
 *
 * @param languages empty for all
 */
export function weekdaysCalled(word: string, languages: ReadonlySet<string>): number[] {
  return called(word, languages, 'weekdays');
}

function called(
  word: string,
  languages: ReadonlySet<string>,
  kind: 'months' | 'weekdays',
): number[] {
  const asked = languages.size === 0 ? DATE_LANGUAGES : [...languages];
  return [...new Set(asked.flatMap((each) => [...(namesOf(each)[kind].get(word) ?? [])]))];
}

function namesOf(language: string): DateNames {
  const names = known.get(language) ?? readNames(language);
  known.set(language, names);
  return names;
}

/** As they stand in a date, where many languages inflect them, and by themselves. */
function readNames(language: string): DateNames {
  const [months, weekdays] = [new Map<string, Set<number>>(), new Map<string, Set<number>>()];
  for (const locale of LOCALES.get(language) ?? []) {
    for (const form of ['long', 'short'] as const) {
      for (const rest of [{}, { day: 'numeric' }, { day: 'numeric', weekday: form }] as const) {
        const month = partOf('month', locale, { ...rest, month: form });
        for (let index = 0; index < 12; index += 1) {
          // Catalan writes "de" before some of them.
          const words = wordsOf(month(Date.UTC(2025, index, 15))).slice(-1);
          addNames(months, language === 'he' ? words.flatMap(withIn) : words, index + 1);
        }
      }
      const weekday = partOf('weekday', locale, { weekday: form });
      for (let index = 0; index < 7; index += 1) {
        addNames(weekdays, wordsOf(weekday(A_SUNDAY + index * DAY)), index);
      }
    }
  }
  if (language === 'en') addNames(months, ['sept'], 9);
  if (language === 'fi') addAllCut(months);
  return { months, weekdays };
}

function partOf(
  part: 'month' | 'weekday',
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (moment: number) => string {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return (moment) => format.formatToParts(moment).find(({ type }) => type === part)?.value ?? '';
}

/** A word of one letter says too little. */
function wordsOf(name: string): string[] {
  const plain = name.normalize('NFKC').toLowerCase();
  return plain.replace(/(كانون|تشرين) (?=ال)/u, '$1').match(/[\p{L}\p{M}]{2,}/gu) ?? [];
}

function addNames(names: Map<string, Set<number>>, words: readonly string[], number: number): void {
  for (const word of words) names.set(word, (names.get(word) ?? new Set()).add(number));
}

/** Hebrew writes "in" and the month as one word. */
function withIn(word: string): string[] {
  return [word, `ב${word}`];
}

/** "maaliskuuta" is shortened to "maalis" and to "maalisk.". */
function addAllCut(months: Map<string, Set<number>>): void {
  for (const [word, numbers] of [...months]) {
    const [cut] = /^.+k(?=uuta$)/u.exec(word) ?? [];
    if (cut !== undefined) months.set(cut, numbers);
  }
}
