import { monthOf } from './month-names.ts';

/** Minutes east of UTC. Abbreviations that mean one zone only: CST, IST and BST do not. */
const ZONES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    'wet|utc|gmt': 0,
    'cet|mez|sec|west': 60,
    'cest|mesz|selc|eet': 120,
    eest: 180,
    jst: 540,
    'est|cdt': -300,
    edt: -240,
    mst: -420,
    mdt: -360,
    pst: -480,
    pdt: -420,
    brt: -180,
  }).flatMap(([names, minutes]) => names.split('|').map((name) => [name, minutes] as const)),
);

const OFFSET = /(?:gmt|utc|غرينتش|гринуич)\s?([+\u2212-])(\d{1,2})(?::?(\d{2}))?/u;
const CLOCK = /(?<![\d.])(\d{1,2})(?:[:.]|시 )(\d{2})(?:분(?: \d{1,2}초)?|[:.](\d{2}))?(?![\d.])/u;
const AFTERNOON = /\bp\.?m\b|μ\.μ|下午|晚上|傍晚|中午|오후|(?<!\p{L})م(?!\p{L})/u;
const MORNING = /\ba\.?m\b|π\.μ|上午|早上|清晨|凌晨|오전|(?<!\p{L})ص(?!\p{L})/u;

type Day = readonly [year: number, month: number, day: number];

/**
 * Reads a date as mail programs write it above a forwarded mail in their user's language, where it
 * tells the zone. Nothing is guessed: 3/4/2025 is null, and so is a month that two languages dispute.
 *
 * @returns ISO 8601 in UTC.
 */
export function readLocalDate(written: string): string | null {
  const text = written
    .slice(0, 200)
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .normalize('NFC');
  const zone = zoneOf(text);
  const clock = CLOCK.exec(text.replace(OFFSET, ' '));
  if (zone === null || clock === null) return null;
  const day = dayOf(text.replace(OFFSET, ' ').replace(clock[0], ' '));
  const hour = hourOf(Number(clock[1]), text);
  const [minute, second] = [
    Number(clock[2]),
    Number(clock[3] ?? /(\d{1,2})초/u.exec(text)?.[1] ?? 0),
  ];
  if (day === null || hour === null || minute > 59 || second > 59) return null;
  const midnight = new Date(Date.UTC(day[0], day[1] - 1, day[2]));
  if (midnight.getUTCMonth() !== day[1] - 1 || midnight.getUTCDate() !== day[2]) return null;
  const seconds = (hour * 60 + minute - zone) * 60 + second;
  return new Date(midnight.getTime() + seconds * 1000).toISOString();
}

function zoneOf(text: string): number | null {
  const offset = OFFSET.exec(text);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes > 14 * 60 ? null : offset[1] === '+' ? minutes : -minutes;
  }
  const name = /(?<=[\s(])[\p{L}\p{M}]+(?=\)?$)/u.exec(text.trim())?.[0] ?? '';
  return name === '' ? null : (ZONES.get(name.normalize('NFD').replace(/\p{M}/gu, '')) ?? null);
}

function hourOf(hour: number, text: string): number | null {
  const [early, late] = [MORNING.test(text), AFTERNOON.test(text)];
  if (early && late) return null;
  if (!early && !late) return hour > 23 ? null : hour;
  if (hour < 1 || hour > 12) return hour < 24 && early === hour < 12 ? hour : null;
  return (hour % 12) + (late ? 12 : 0);
}

function dayOf(text: string): Day | null {
  const eastern = /(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]/u.exec(text);
  const yearFirst = eastern ?? /(?<!\d)(\d{4})[/.-]\s?(\d{1,2})[/.-]\s?(\d{1,2})(?!\d)/.exec(text);
  if (yearFirst) return [Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])];
  const dotted = /(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)/.exec(text);
  if (dotted) return inOrder(Number(dotted[1]), Number(dotted[3]), Number(dotted[4]), dotted[2]);
  const months = new Set(
    (text.match(/[\p{L}\p{M}]+/gu) ?? []).flatMap((word) => monthOf(word) ?? []),
  );
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const [year, ...years] = numbers.filter((number) => number >= 1970 && number <= 2200);
  const [day, ...days] = numbers.filter((number) => number < 1970);
  const [month] = months;
  if (months.size !== 1 || years.length > 0 || days.length > 0) return null;
  return year === undefined || day === undefined || month === undefined ? null : [year, month, day];
}

/** With dots the day comes first everywhere; with strokes only a number above 12 tells. */
function inOrder(first: number, second: number, year: number, separator = ''): Day | null {
  if (separator === '.' || first > 12 || first === second) return [year, second, first];
  return second > 12 ? [year, first, second] : null;
}
