/** How moments, numbers and sizes are written for a viewer. */
export interface Format {
  /** "24 Nov 2026, 15:06" in the viewer's time zone. */
  dateTime(at: Date | string): string;
  /** "24 Nov 2026" */
  date(at: Date | string): string;
  /** "just now", "5 minutes ago", "yesterday"; after a week the date. */
  ago(at: Date | string): string;
  /** "1,234" */
  number(value: number): string;
  /** "Ann, Bob and Cay" */
  list(names: readonly string[]): string;
  /** "184 KB": 1 KB is 1,000 bytes (SI). */
  bytes(value: number): string;
  /** For the attribute datetime. */
  iso(at: Date | string): string;
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function createFormat(timeZone: string, now: () => number = Date.now): Format {
  const locale = 'en-GB';
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const number = new Intl.NumberFormat('en');
  return {
    dateTime: (at) => dateTime.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    ago(at) {
      const past = now() - new Date(at).getTime();
      if (past < 0 || past >= 7 * DAY) return date.format(new Date(at));
      if (past < MINUTE) return 'just now';
      if (past < HOUR) return relative.format(-Math.floor(past / MINUTE), 'minute');
      if (past < DAY) return relative.format(-Math.floor(past / HOUR), 'hour');
      return relative.format(-Math.floor(past / DAY), 'day');
    },
    number: (value) => number.format(value),
    list: (names) => list.format(names),
    bytes(value) {
      const power = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), SIZES.length - 1);
      const unit = SIZES[power] ?? 'byte';
      return new Intl.NumberFormat('en', {
        style: 'unit',
        unit,
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: value / 1000 ** power < 10 && power > 0 ? 1 : 0,
      }).format(value / 1000 ** power);
    },
    iso: (at) => new Date(at).toISOString(),
  };
}
