import type { Block, Layout, Original, Person } from '../forward-case.ts';
import { type Language, LANGUAGES, labelsOf, wordsOf } from '../words.ts';
import { escape, headerLike, paragraphs, plain } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

function list(people: readonly Person[], show: (each: Person) => string): string {
  return people.map(show).join(', ');
}

/** All in lines that end in a space. */
function samsung(mail: Original, language: Language): Block {
  const labels = labelsOf(language);
  const dateRaw = writtenDates.samsung(mail.at, language);
  const original = wordsOf(language).original;
  const title = language === 'en' ? 'Original message' : original;
  const lines = [
    `-------- ${title} --------`,
    `${labels.from}: ${headerLike(mail.from)} `,
    `${labels.date}: ${dateRaw} `,
    `${labels.to}: ${list(mail.to, headerLike)} `,
    ...(mail.cc.length > 0 ? [`${labels.cc}: ${list(mail.cc, headerLike)} `] : []),
    `${labels.subject}: ${mail.subject} `,
  ];
  return {
    text: [...lines, '', ...mail.body.flatMap((each) => [each, ''])],
    html: `<div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>${lines.map(escape).join('</div><div>')}</div><div><br></div></div>${paragraphs(mail.body)}`,
    dateRaw,
    zoned: true,
  };
}

function k9(mail: Original, language: Language): Block {
  const labels = labelsOf(language);
  const dateRaw = writtenDates.k9(mail.at, language);
  const lines = [
    [labels.from, plain(mail.from)],
    [labels.sent, dateRaw],
    [labels.to, list(mail.to, plain)],
    ...(mail.cc.length > 0 ? [[labels.cc, list(mail.cc, plain)]] : []),
    [labels.subject, mail.subject],
  ] as [string, string][];
  const separator = `-------- ${wordsOf(language).original} --------`;
  return {
    text: [
      separator,
      ...lines.map(([label, value]) => `${label}: ${value}`),
      '',
      ...mail.body.flatMap((each) => [each, '']),
    ],
    html: `<br><br><div style="font-size:10.0pt;font-family:Tahoma,sans-serif;padding:3.0pt 0in 0in 0in">${separator}<br>${lines.map(([label, value]) => `<b>${label}:</b> ${escape(value)}`).join('<br>')}<br></div><br>${paragraphs(mail.body)}`,
    dateRaw,
    zoned: true,
  };
}

export const PHONES: readonly Layout[] = [
  {
    client: 'Samsung',
    name: 'Email',
    languages: LANGUAGES,
    shapes: ['both', 'html', 'text'],
    times: 3,
    write: samsung,
  },
  {
    client: 'K-9',
    name: 'inline',
    languages: ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'cs', 'ru', 'sv', 'fi', 'hu'],
    shapes: ['text', 'both', 'html'],
    times: 1,
    write: k9,
  },
];
