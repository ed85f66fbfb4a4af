import type { Block, Layout, Original, Person } from '../forward-case.ts';
import { type Language, LANGUAGES, thunderbirdOf } from '../words.ts';
import { escape, headerLike, paragraphs } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

function write(mail: Original, language: Language): Block {
  const labels = thunderbirdOf(language);
  const separator = `-------- ${labels.title} --------`;
  const dateRaw = writtenDates.rfc(mail.at, language);
  const list = (people: readonly Person[]) => people.map(headerLike).join(', ');
  const rows: [string, string][] = [
    [labels.subject, mail.subject],
    [labels.date, dateRaw],
    [labels.from, headerLike(mail.from)],
    [labels.to, list(mail.to)],
  ];
  if (mail.cc.length > 0) rows.push([labels.cc, list(mail.cc)]);
  const cells = rows.map(
    ([label, value]) =>
      `<tr><th nowrap="nowrap" valign="BASELINE" align="RIGHT">${label}: </th><td>${escape(value)}</td></tr>`,
  );
  return {
    text: [
      separator,
      ...rows.map(([label, value]) => `${label}: \t${value}`),
      '',
      '',
      ...mail.body.flatMap((each) => [each, '']),
    ],
    html: `<div class="moz-forward-container"><br><br>${separator}<table class="moz-email-headers-table" cellspacing="0" cellpadding="0" border="0"><tbody>${cells.join('')}</tbody></table><br><br>${paragraphs(mail.body)}</div>`,
    dateRaw,
    zoned: true,
  };
}

export const THUNDERBIRD: readonly Layout[] = [
  {
    client: 'Thunderbird',
    name: 'inline',
    languages: LANGUAGES,
    shapes: ['text', 'both', 'html'],
    times: 2,
    flowed: true,
    write,
  },
];
