/** When a user wants their digest. */
export interface DigestTime {
  /** IANA name. */
  readonly timeZone: string;
  /** Of the user's clock, 0 to 23. */
  readonly hour: number;
  /** When they switched the digest on. */
  readonly since: Date;
}

/**
 * The day on the user's calendar whose digest is due at this moment; null while none is. It is due
 * from the hour on until midnight, so that a program that was not running at the hour sends it later,
 * and an hour that the clock skips (daylight saving) loses nothing. Whoever switches the digest on
 * after the hour gets the first one on the next day.
 *
 * @returns such as "2026-11-26"
 */
export function digestDay({ timeZone, hour, since }: DigestTime, now: Date): string | null {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' },
  });
  const today = readClock(clock, now);
  if (today.hour < hour) return null;
  const begun = readClock(clock, since);
  return begun.day === today.day && begun.hour >= hour ? null : today.day;
}

function readClock(
  clock: Intl.DateTimeFormat,
  at: Date,
): { readonly day: string; readonly hour: number } {
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return { day: [part('year'), part('month'), part('day')].join('-'), hour: Number(part('hour')) };
}
