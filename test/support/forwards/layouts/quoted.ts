import type { Block, Layout, Original } from '../forward-case.ts';
import { type Language, labelsOf, thunderbirdOf, wordsOf } from '../words.ts';
import { headerLike, outlookLike } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

/** Programs that can put ">" before each line of what they forward. It is always plain text. */

const SPOKEN: readonly Language[] = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pl',
  'cs',
  'sv',
  'ru',
  'ja',
  'pt-BR',
];

function quote(lines: readonly string[], empty = '>'): string[] {
  return lines
    .flatMap((each) => each.split('\n'))
    .map((line) => (line === '' ? empty : `> ${line}`));
}

function body(mail: Original): string[] {
  return ['', ...mail.body.flatMap((each) => [each, ''])];
}

function rows(mail: Original, language: Language): string[] {
  const labels = labelsOf(language);
  const list = (people: Original['to']) => people.map(outlookLike).join('; ');
  return [
    `${labels.from}: ${outlookLike(mail.from)}`,
    `${labels.sent}: ${writtenDates.outlook(mail.at, language)}`,
    `${labels.to}: ${list(mail.to)}`,
    ...(mail.cc.length > 0 ? [`${labels.cc}: ${list(mail.cc)}`] : []),
    `${labels.subject}: ${mail.subject}`,
  ];
}

function headerRows(mail: Original, language: Language): string[] {
  const list = (people: Original['to']) => people.map(headerLike).join(', ');
  return [
    `From: ${headerLike(mail.from)}`,
    `To: ${list(mail.to)}`,
    ...(mail.cc.length > 0 ? [`Cc: ${list(mail.cc)}`] : []),
    `Subject: ${mail.subject}`,
    `Date: ${writtenDates.rfc(mail.at, language)}`,
  ];
}

const block = (text: string[], mail: Original, language: Language, zoned: boolean): Block => ({
  text,
  html: '',
  dateRaw: zoned ? writtenDates.rfc(mail.at, language) : writtenDates.outlook(mail.at, language),
  zoned,
});

/** "Prefix each line of the original message". */
function outlook(mail: Original, language: Language): Block {
  const title = `-----${wordsOf(language).original}-----`;
  const lines = [title, ...rows(mail, language), ...body(mail)];
  return block(quote(lines, '> '), mail, language, false);
}

/** The same of the versions that draw a line in HTML and write none in text. */
function outlookBare(mail: Original, language: Language): Block {
  return block(quote([...rows(mail, language), ...body(mail)]), mail, language, false);
}

/** Its "Quoted" style leaves the line that announces the mail unquoted. */
function evolution(mail: Original, language: Language): Block {
  const title = `-------- ${thunderbirdOf(language).title} --------`;
  return block(
    [title, ...quote([...headerRows(mail, language), ...body(mail)])],
    mail,
    language,
    true,
  );
}

/** set forward_quote: two lines of mutt's own stand around, and it speaks English to all. */
function mutt(mail: Original, language: Language): Block {
  const { name, address } = mail.from;
  const lines = quote([...headerRows(mail, language), ...body(mail)]);
  const who = name === '' ? address : name;
  return block(
    [
      `----- Forwarded message from ${who} <${address}> -----`,
      '',
      ...lines,
      '',
      '----- End forwarded message -----',
    ],
    mail,
    language,
    true,
  );
}

/** ">" without a space after it. */
function claws(mail: Original, language: Language): Block {
  const lines = ['Begin forwarded message:', '', ...headerRows(mail, language), ...body(mail)];
  const quoted = lines.flatMap((each) => each.split('\n')).map((line) => `>${line}`);
  return block(quoted, mail, language, true);
}

/** Quotes that one, with all it announces. */
function thunderbird(mail: Original, language: Language): Block {
  const labels = thunderbirdOf(language);
  const list = (people: Original['to']) => people.map(headerLike).join(', ');
  const lines = [
    `-------- ${labels.title} --------`,
    `${labels.subject}: \t${mail.subject}`,
    `${labels.date}: \t${writtenDates.rfc(mail.at, language)}`,
    `${labels.from}: \t${headerLike(mail.from)}`,
    `${labels.to}: \t${list(mail.to)}`,
    ...(mail.cc.length > 0 ? [`${labels.cc}: \t${list(mail.cc)}`] : []),
    ...body(mail),
  ];
  return block(quote(lines), mail, language, true);
}

const of = (
  client: string,
  name: string,
  write: Layout['write'],
  rest: Partial<Layout> = {},
): Layout => ({
  client,
  name: `quoted, ${name}`,
  languages: SPOKEN,
  shapes: ['text'],
  times: 1,
  write,
  ...rest,
});

export const QUOTED: readonly Layout[] = [
  of('Outlook', 'with its line', outlook),
  of('Outlook', 'without a line', outlookBare),
  of('Evolution', 'its line not', evolution),
  of('Mutt', 'its lines not', mutt, { languages: ['en', 'de', 'fr', 'ru'], times: 2 }),
  of('Claws', 'without a space', claws, { languages: ['en', 'de', 'es', 'ja'], times: 2 }),
  of('Thunderbird', 'pasted as a quote', thunderbird, { flowed: true }),
];
