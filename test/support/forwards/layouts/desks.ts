import type { Block, Layout, Original, Person } from '../forward-case.ts';
import { type Language, labelsOf } from '../words.ts';
import { escape, headerLike, paragraphs, plain } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

const RULE = '---------- Forwarded message ----------';

function lines(mail: Original, dateRaw: string, show: (each: Person) => string): string[] {
  const all = (people: readonly Person[]) => people.map(show).join(', ');
  return [
    RULE,
    `From: ${show(mail.from)}`,
    `Date: ${dateRaw}`,
    `Subject: ${mail.subject}`,
    `To: ${all(mail.to)}`,
    ...(mail.cc.length > 0 ? [`Cc: ${all(mail.cc)}`] : []),
  ];
}

function missive(mail: Original, language: Language): Block {
  const dateRaw = writtenDates.outlook(mail.at, language);
  const head = lines(mail, dateRaw, plain);
  return {
    text: [...head, '', ...mail.body.flatMap((each) => [each, ''])],
    html: `<br><div class="missive_quote"><div>${head.map(escape).join('<br>')}</div><br><blockquote>${paragraphs(mail.body, 'div')}</blockquote></div>`,
    dateRaw,
    zoned: false,
  };
}

function hubspot(mail: Original, language: Language): Block {
  const dateRaw = writtenDates.gmail(mail.at, language);
  const head = lines(mail, dateRaw, headerLike);
  return {
    text: [...head, '', ...mail.body.flatMap((each) => [each, ''])],
    html: `<div class="hs_reply"><p>${head.map(escape).join('<br>')}</p>${paragraphs(mail.body)}</div>`,
    dateRaw,
    zoned: false,
  };
}

/** Labels in columns; the line above names who forwards, who is not the sender. */
function notes(mail: Original, language: Language): Block {
  const labels = labelsOf(language);
  const dateRaw = writtenDates.numeric(mail.at, language);
  const rows = [
    [labels.from, headerLike(mail.from)],
    [labels.to, mail.to.map(headerLike).join(', ')],
    ...(mail.cc.length > 0 ? [[labels.cc, mail.cc.map(headerLike).join(', ')]] : []),
    [labels.date, dateRaw],
    [labels.subject, mail.subject],
  ] as [string, string][];
  const title = `----- Forwarded by Max Sample/Letterbook on ${dateRaw} -----`;
  return {
    text: [
      title,
      '',
      ...rows.map(([label, value]) => `${`${label}:`.padEnd(13)}${value}`),
      '',
      ...mail.body.flatMap((each) => [each, '']),
    ],
    html: `<font size="1" color="#800080" face="sans-serif">${title}</font><br><br><table border="0">${rows.map(([label, value]) => `<tr valign="top"><td><font size="1" color="#5f5f5f">${label}:</font></td><td><font size="1">${escape(value)}</font></td></tr>`).join('')}</table><hr noshade>${paragraphs(mail.body)}`,
    dateRaw,
    zoned: false,
  };
}

const of = (
  client: string,
  write: Layout['write'],
  languages: Language[],
  times: number,
): Layout => ({
  client,
  name: 'inline',
  languages,
  shapes: ['both', 'html', 'text'],
  times,
  write,
});

export const DESKS: readonly Layout[] = [
  of('Missive', missive, ['en'], 8),
  of('HubSpot', hubspot, ['en'], 8),
  of('HCL Notes', notes, ['en', 'de', 'fr', 'it', 'es'], 2),
];
