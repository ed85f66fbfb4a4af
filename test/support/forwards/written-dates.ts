import { type Language, wordsOf } from './words.ts';

/** How mail programs write a date in a block, in the language and zone of their user. */
export const writtenDates = {
  gmail,
  outlook,
  apple,
  rfc,
  yahoo,
  samsung,
  k9,
  gmx,
  numeric,
  proton,
  spark,
  zimbra,
};

function gmail(at: Date, language: Language): string {
  const day = format(at, language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const clock = format(at, language, { timeStyle: 'short' });
  return `${day}${wordsOf(language).at}${clock}${language === 'de' ? ' Uhr' : ''}`;
}

function outlook(at: Date, language: Language): string {
  const clock = format(at, language, { timeStyle: 'short' });
  return `${format(at, language, { dateStyle: 'full' })} ${clock}`;
}

function apple(at: Date, language: Language): string {
  return format(at, language, { dateStyle: 'long', timeStyle: 'long' });
}

/** RFC 5322: what Thunderbird and Zoho show as it stood in the mail. */
function rfc(at: Date, language: Language): string {
  const [sign, hours, minutes] = offsetOf(at, language);
  const shift = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  const local = new Date(at.getTime() + shift).toUTCString();
  return local.replace('GMT', `${sign}${hours}${minutes}`);
}

function yahoo(at: Date, language: Language): string {
  return format(at, language, { dateStyle: 'full', timeStyle: 'long' });
}

function samsung(at: Date, language: Language): string {
  const [sign, hours, minutes] = offsetOf(at, language);
  const day = format(at, language, { dateStyle: 'short' });
  const clock = format(at, language, { timeStyle: 'short' });
  return `${day}  ${clock}  (GMT${sign}${hours}:${minutes})`;
}

function k9(at: Date, language: Language): string {
  const clock = format(at, language, { timeStyle: 'long' });
  return `${format(at, language, { dateStyle: 'long' })} ${clock}`;
}

function gmx(at: Date, language: Language): string {
  const day = format(at, language, {
    weekday: 'long',
    day: '2-digit',
    month: 'long',
    year: 'numeric',
  });
  const clock = format(at, language, { timeStyle: 'short' });
  return `${day}${wordsOf(language).at}${clock}${language === 'de' ? ' Uhr' : ''}`;
}

function numeric(at: Date, language: Language): string {
  const day = format(at, language, { day: '2-digit', month: '2-digit', year: 'numeric' });
  return `${day} ${format(at, language, { timeStyle: 'short' })}`;
}

function spark(at: Date, language: Language): string {
  const day = format(at, language, { dateStyle: 'medium' });
  return `${day}, ${format(at, language, { timeStyle: 'short' })} ${offsetOf(at, language).join('')}`;
}

function zimbra(at: Date, language: Language): string {
  const [sign, hours, minutes] = offsetOf(at, language);
  const day = format(at, language, { dateStyle: 'full' });
  const clock = format(at, language, { timeStyle: 'medium' });
  const place = wordsOf(language).zone.replace(/.*\//, '').replaceAll('_', ' ');
  return `${day} ${clock} GMT ${sign}${hours}:${minutes} ${place}`;
}

function proton(at: Date): string {
  const day = format(at, 'en', { weekday: 'long' });
  const month = format(at, 'en', { month: 'long' });
  const number = Number(format(at, 'en', { day: 'numeric' }));
  const year = format(at, 'en', { year: 'numeric' });
  const clock = format(at, 'en', { timeStyle: 'short' });
  return `On ${day}, ${month} ${String(number)}${ordinal(number)}, ${year} at ${clock}`;
}

function ordinal(day: number): string {
  if (day > 10 && day < 20) return 'th';
  return { 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th';
}

/** Sign, hours, minutes. */
function offsetOf(at: Date, language: Language): [string, string, string] {
  const { zone } = wordsOf(language);
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const [, sign = '+', hours = '00', minutes = '00'] =
    /GMT([+-])(\d\d):(\d\d)/.exec(name.format(at)) ?? [];
  return [sign, hours, minutes];
}

/** Making a formatter is slow, using one is not. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, language: Language, options: Intl.DateTimeFormatOptions): string {
  const { locale, zone } = wordsOf(language);
  const key = locale + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}
