import { monthsCalled, weekdaysCalled } from './date-names.ts';
import { plainDateText } from './plain-date-text.ts';
import { readClock } from './read-clock.ts';
import { readDay } from './read-day.ts';
import { readOffset, readZoneName } from './read-zone.ts';

/** Words that stand between a day and a time, or behind one: "at", "Uhr", the year's "г.". */
const BESIDE = new Set(
  'at on of um uhr à le as às a las la les alle ore ora orele om uur kl klo klokken klockan kell o ob u v ve в во у о об г год года р рік року ч στις στη τις ώρα saat בשעה ב في الساعة pukul lúc เวลา น godz godzina m d den dne dnia de del hod gada time th st nd rd'.split(
    ' ',
  ),
);
/** The same in scripts that put no spaces. */
const EASTERN_BESIDE =
  /[日号號일]$|曜日?$|(?:星期|周|週|禮拜)[一二三四五六日天]?$|요일$|^[月火水木金土월화수목금토일]$/u;

/**
 * Reads a date as mail programs write it above a forwarded mail in their user's language, where it
 * tells day, time and zone. Nothing is guessed: what can be read in two ways is null, such as
 * 3/4/2025 below English labels, a month that two languages dispute, and a zone that is several.
 *
 * @param languages of the block's labels, which tell the order of its figures; empty for none known
 * @returns ISO 8601 in UTC.
 */
export function readLocalDate(
  written: string,
  languages: ReadonlySet<string> = new Set(),
): string | null {
  const offset = readOffset(plainDateText(written));
  if (offset === 'unclear') return null;
  const clock = readClock(offset.rest);
  if (clock === null) return null;
  const named = offset.minutes === null ? readZoneName(clock.after) : null;
  const minutesEast = offset.minutes ?? named?.minutes ?? null;
  if (minutesEast === null || !clock.doubts.every((word) => hasMeaning(word, languages)))
    return null;
  const day = readDay(`${clock.before} ${named?.rest ?? clock.after}`, languages);
  if (day === null) return null;
  const seconds = (clock.hour * 60 + clock.minute - minutesEast) * 60 + clock.second;
  return new Date(day.getTime() + seconds * 1000).toISOString();
}

function hasMeaning(word: string, languages: ReadonlySet<string>): boolean {
  if (BESIDE.has(word) || EASTERN_BESIDE.test(word) || readZoneName(word) !== null) return true;
  return [monthsCalled, weekdaysCalled].some((called) => called(word, languages).length > 0);
}
