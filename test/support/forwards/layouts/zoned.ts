import type { Block, Layout, Original, Person } from '../forward-case.ts';
import { type Language, LANGUAGES, labelsOf, wordsOf } from '../words.ts';
import { escape, outlookLike, paragraphs } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

/** Programs whose dates in the user's language tell the zone by its offset. */

function block(mail: Original, title: string, lines: readonly string[], dateRaw: string): Block {
  return {
    text: [title, ...lines, '', ...mail.body.flatMap((each) => [each, ''])],
    html: `<div>${title}<br>${lines.map(escape).join('<br>')}</div><br>${paragraphs(mail.body)}`,
    dateRaw,
    zoned: true,
  };
}

function rows(mail: Original, language: Language, dateRaw: string): string[] {
  const labels = labelsOf(language);
  const list = (people: readonly Person[]) => people.map(outlookLike).join(', ');
  return [
    `${labels.from}: ${outlookLike(mail.from)}`,
    `${labels.to}: ${list(mail.to)}`,
    ...(mail.cc.length > 0 ? [`${labels.cc}: ${list(mail.cc)}`] : []),
    `${labels.date}: ${dateRaw}`,
    `${labels.subject}: ${mail.subject}`,
  ];
}

function spark(mail: Original, language: Language): Block {
  const dateRaw = writtenDates.spark(mail.at, language);
  return block(
    mail,
    '---------- Forwarded message ----------',
    rows(mail, language, dateRaw),
    dateRaw,
  );
}

function zimbra(mail: Original, language: Language): Block {
  const dateRaw = writtenDates.zimbra(mail.at, language);
  const title = `----- ${wordsOf(language).original} -----`;
  return block(mail, title, rows(mail, language, dateRaw), dateRaw);
}

export const ZONED: readonly Layout[] = [
  {
    client: 'Spark',
    name: 'inline',
    languages: LANGUAGES,
    shapes: ['both', 'html', 'text'],
    times: 2,
    write: spark,
  },
  {
    client: 'Zimbra',
    name: 'inline',
    languages: ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt-BR', 'pl', 'ru', 'sv', 'ja', 'zh-Hans'],
    shapes: ['text', 'both'],
    times: 2,
    write: zimbra,
  },
];
