const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun'].concat([
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
]);

/** RFC 5322 section 4.3; every other name of a zone counts as -0000, which is UTC of unknown origin. */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['EDT', -4],
  ['EST', -5],
  ['CDT', -5],
  ['CST', -6],
  ['MDT', -6],
  ['MST', -7],
  ['PDT', -7],
  ['PST', -8],
]);

const DATE =
  /^(?:[a-z]{3}\s*,?\s*)?(\d{1,2})\s+([a-z]{3})\s+(\d{2,4})\s+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?\s+([+-]\d{4}|[a-z]{1,5})$/i;

const FIRST_YEAR = 1970;
const LAST_YEAR = 2200;

/**
 * Reads a date as RFC 5322 sections 3.3 and 4.3 (obsolete) write it, zone included. Nothing is
 * guessed: a date that does not exist, has no zone or lies outside the years 1970 to 2200 is null.
 *
 * @returns ISO 8601 in UTC.
 */
export function readDate(text: string): string | null {
  const match = DATE.exec(withoutComments(text.slice(0, 200)));
  if (!match) return null;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '0', zone = ''] =
    match;
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  const fullYear = withCentury(year);
  const minutesEast = zoneMinutes(zone);
  if (monthIndex < 0 || minutesEast === null) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  if (fullYear < FIRST_YEAR || fullYear > LAST_YEAR) return null;
  const midnight = new Date(Date.UTC(fullYear, monthIndex, Number(day)));
  if (midnight.getUTCMonth() !== monthIndex) return null;
  const seconds = (Number(hour) * 60 + Number(minute) - minutesEast) * 60 + Number(second);
  const moment = new Date(midnight.getTime() + seconds * 1000);
  return moment.getTime() < 0 ? null : moment.toISOString();
}

/** RFC 5322 section 4.3: 00 to 49 are 2000 to 2049, 50 to 99 and three digits count from 1900. */
function withCentury(year: string): number {
  const number = Number(year);
  if (year.length === 4) return number;
  return year.length === 2 && number < 50 ? 2000 + number : 1900 + number;
}

function zoneMinutes(zone: string): number | null {
  if (/^[a-z]/i.test(zone)) return (ZONES.get(zone.toUpperCase()) ?? 0) * 60;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  if (hours > 15 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function withoutComments(text: string): string {
  let depth = 0;
  let plain = '';
  for (const char of text) {
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) plain += char;
  }
  return plain.trim();
}
