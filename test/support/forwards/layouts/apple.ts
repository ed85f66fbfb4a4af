import type { Block, Layout, Original, Person } from '../forward-case.ts';
import { type Language, LANGUAGES, appleOf } from '../words.ts';
import { escape, linked, paragraphs, plain } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

const SPOKEN = LANGUAGES.filter((language) => appleOf(language).title !== '');

function write(mail: Original, language: Language): Block {
  const labels = appleOf(language);
  const colon = language === 'fr' ? ' :' : ':';
  const dateRaw = writtenDates.apple(mail.at, language);
  const list = (people: readonly Person[], show: (each: Person) => string) =>
    people.map(show).join(', ');
  const rows = (show: (each: Person) => string, text: (value: string) => string) =>
    [
      [labels.from, show(mail.from)],
      [labels.subject, text(mail.subject)],
      [labels.date, text(dateRaw)],
      [labels.to, list(mail.to, show)],
      ...(mail.cc.length > 0 ? [[labels.cc, list(mail.cc, show)]] : []),
    ] as [string, string][];
  const title = `${labels.title.trimEnd()}${colon}`;
  const lines = rows(plain, (value) => value).map(([label, value]) => `${label}${colon} ${value}`);
  const head = rows(linked, escape).map(
    ([label, value]) =>
      `<div style="margin:0"><span style="color:rgba(0,0,0,1)"><b>${label}${colon} </b></span><span>${value}<br></span></div>`,
  );
  return {
    text: [title, '', ...lines, '', ...mail.body.flatMap((each) => [each, ''])]
      .flatMap((each) => each.split('\n'))
      .map((line) => (line === '' ? '>' : `> ${line}`)),
    html: `<div><br><blockquote type="cite"><div>${title}</div><br class="Apple-interchange-newline">${head.join('')}<br><div>${paragraphs(mail.body, 'div')}</div></blockquote></div>`,
    dateRaw,
    zoned: true,
  };
}

/** Its text is not quoted, and it leaves out lines in HTML that macOS has. */
function writeOnPhone(mail: Original, language: Language): Block {
  const block = write(mail, language);
  const html = block.html
    .replace(/<div style="margin:0"><span style="color:rgba\(0,0,0,1\)">/g, '')
    .replace(/<b>([^<]*)<\/b><\/span><span>/g, '<b>$1</b> ')
    .replace(/<br><\/span><\/div>/g, '<br>');
  return { ...block, html, text: block.text.map((line) => line.replace(/^> ?/, '')) };
}

export const APPLE: readonly Layout[] = [
  {
    client: 'Apple Mail',
    name: 'macOS',
    languages: SPOKEN,
    shapes: ['both', 'text', 'html'],
    times: 2,
    flowed: true,
    write,
  },
  {
    client: 'Apple Mail',
    name: 'iOS',
    languages: ['en', 'de', 'fr', 'es', 'it', 'nl', 'sv', 'pl', 'ru', 'ja', 'ko', 'he'],
    shapes: ['both', 'html'],
    times: 1,
    write: writeOnPhone,
  },
];
