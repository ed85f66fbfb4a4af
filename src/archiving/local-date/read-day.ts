import { DATE_LANGUAGES, monthsCalled, weekdaysCalled } from './date-names.ts';

type Day = readonly [year: number, month: number, day: number];
type Order = 'dmy' | 'mdy' | 'ymd';

const FIRST_YEAR = 1970;
const LAST_YEAR = 2200;

const EASTERN = /(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일號号]/gu;
const VIETNAMESE = /(\d{1,2}) (?:tháng|thg) (\d{1,2}),? (?:năm )?(\d{4})/gu;
const FIGURES = /(?<!\d)(\d{1,4}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{1,4})(?!\d)/gu;

const EASTERN_WEEK = ['日月火水木金土', '日一二三四五六', '일월화수목금토'];
const EASTERN_WEEKDAY =
  /\(([日月火水木金土일월화수목금토])\)|([日月火水木金土])曜|(?:星期|周|週|禮拜)([日一二三四五六])|([일월화수목금토])요일/u;

/**
 * The day that a text names, the clock and the zone taken from it. All ways are tried in which the
 * languages order days, months and years and call months; a weekday must be that of the day. Unless one
 * day alone is left, or where the text has figures beside it, it is none.
 *
 * @param text as plainDateText makes it
 * @param languages those that the text may be in; empty for all
 * @returns midnight of it in UTC
 */
export function readDay(text: string, languages: ReadonlySet<string>): Date | null {
  const found = figuresOf(text, languages) ?? namedOf(text, languages);
  const moments = new Set(
    found.flatMap(({ day, weekdays }) => {
      const date = dateOf(day);
      return date !== null && weekdays.every((each) => each.includes(date.getUTCDay()))
        ? date.getTime()
        : [];
    }),
  );
  const [moment] = moments;
  return moments.size === 1 && moment !== undefined ? new Date(moment) : null;
}

/** A day that is meant, perhaps, and for each weekday beside it what days of the week that can be. */
interface Meaning {
  readonly day: Day;
  readonly weekdays: readonly (readonly number[])[];
}

/** Null where the text is not one date in figures alone. */
function figuresOf(text: string, languages: ReadonlySet<string>): Meaning[] | null {
  const [all, ...others] = [EASTERN, VIETNAMESE, FIGURES]
    .map((pattern) => [...text.matchAll(pattern)])
    .filter((matches) => matches.length > 0);
  const [match, more] = all ?? [];
  if (match === undefined) return null;
  const rest = text.replace(match[0], ' ');
  if (more !== undefined || others.length > 0 || /\d/.test(rest)) return [];
  const weekdays = weekdaysIn(rest, languages);
  return daysOf(match, languages).map((day) => ({ day, weekdays }));
}

function daysOf(match: RegExpExecArray, languages: ReadonlySet<string>): Day[] {
  const [whole, first = '', second = '', third = '', fourth] = match;
  const figures = fourth === undefined ? [first, second, third] : [first, third, fourth];
  const [one = '', two = '', three = ''] = figures;
  const [a, b, c] = [Number(one), Number(two), Number(three)];
  if (one.length === 4) return three.length < 3 ? [[a, b, c]] : [];
  if (one.length > 2 || three.length === 3) return [];
  if (three.length === 4 && (fourth === undefined || second === '.')) return [[c, b, a]];
  const orders = ordersOf(languages, whole.includes('-'));
  if (three.length === 1) {
    return orders.has('ymd') && one.length === 2 ? [[2000 + a, b, c]] : [];
  }
  const year = three.length === 4 ? c : 2000 + c;
  return [...orders].flatMap((order): Day[] => {
    if (order === 'dmy') return [[year, b, a]];
    if (order === 'mdy') return [[year, a, b]];
    return three.length === 4 || one.length < 2 ? [] : [[2000 + a, b, c]];
  });
}

const YEAR_FIRST = new Set(['ja', 'ko', 'hu', 'lt']);

/** CLDR's short dates of all countries in which a language is written, and what those had before. */
function ordersOf(languages: ReadonlySet<string>, dashes: boolean): ReadonlySet<Order> {
  if (languages.size === 0) return new Set(['dmy', 'mdy', 'ymd']);
  return new Set(
    [...languages].flatMap((language): Order[] => {
      if (language === 'en') return ['dmy', 'mdy', 'ymd'];
      if (YEAR_FIRST.has(language)) return ['ymd'];
      const both = language === 'zh' || language === 'sv' || (language === 'fr' && dashes);
      return both ? ['dmy', 'ymd'] : ['dmy'];
    }),
  );
}

/**
 * A month by its name, a day and a year of four figures in any order, and no other figure. The text is in
 * one of the given languages, or where none of them has a month in it, in any.
 */
function namedOf(text: string, languages: ReadonlySet<string>): Meaning[] {
  const figures = text.match(/\d+/g) ?? [];
  const [year, ...years] = figures.filter((each) => each.length === 4).map(Number);
  const [day, ...days] = figures.filter((each) => each.length < 3).map(Number);
  if (year === undefined || day === undefined || years.length + days.length > 0) return [];
  const words = wordsIn(text);
  const has = (language: string) =>
    words.some((word) => monthsCalled(word, new Set([language])).length > 0);
  const own = [...languages].filter(has);
  const tried = own.length > 0 ? own : DATE_LANGUAGES.filter(has);
  return tried.flatMap((language) =>
    monthsIn(words, new Set([language]), new Set(own)).map(({ month, weekdays }) => ({
      day: [year, month, day],
      weekdays,
    })),
  );
}

interface NamedMonth {
  readonly month: number;
  readonly weekdays: readonly (readonly number[])[];
}

/** The word for the month, as a language has it; any other such word must be the one for a weekday. */
function monthsIn(
  words: readonly string[],
  language: ReadonlySet<string>,
  all: ReadonlySet<string>,
): NamedMonth[] {
  return words.flatMap((word, at) => {
    const rest = words.filter((_, other) => other !== at);
    const another = rest.some(
      (each) => monthsCalled(each, all).length > 0 && weekdaysCalled(each, language).length === 0,
    );
    if (another) return [];
    const weekdays = weekdaysOf(rest, language);
    return monthsCalled(word, language).map((month) => ({ month, weekdays }));
  });
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+/gu) ?? [];
}

function weekdaysIn(text: string, languages: ReadonlySet<string>): number[][] {
  const weekdays = weekdaysOf(wordsIn(text), languages);
  const eastern = EASTERN_WEEKDAY.exec(text)?.slice(1).find(Boolean);
  if (eastern === undefined) return weekdays;
  const week = EASTERN_WEEK.find((days) => days.includes(eastern)) ?? '';
  return [...weekdays, [week.indexOf(eastern)]];
}

/** Among all languages, words of two letters mean too much: "la" is "at", and Saturday. */
function weekdaysOf(words: readonly string[], languages: ReadonlySet<string>): number[][] {
  const long = words.filter((word) => languages.size > 0 || word.length > 2);
  return long.map((word) => weekdaysCalled(word, languages)).filter((days) => days.length > 0);
}

/** Null for a day that does not exist or is not of our times. */
function dateOf([year, month, day]: Day): Date | null {
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}
