import type { Block, Layout, Original, Person } from '../forward-case.ts';
import { type Language, LANGUAGES, labelsOf, wordsOf } from '../words.ts';
import { escape, outlookLike, paragraphs } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

type Row = readonly [label: string, value: string];

const RULE = '________________________________';
const MAJOR: readonly Language[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'sv', 'pl', 'ru', 'ja'];

function rows(mail: Original, language: Language, person: (each: Person) => string): Row[] {
  const labels = labelsOf(language);
  const list = (people: readonly Person[]) => people.map(person).join('; ');
  return [
    [labels.from, person(mail.from)],
    [labels.sent, writtenDates.outlook(mail.at, language)],
    [labels.to, list(mail.to)],
    ...(mail.cc.length > 0 ? [[labels.cc, list(mail.cc)] as const] : []),
    [labels.subject, mail.subject],
  ];
}

function textOf(mail: Original, lines: readonly Row[]): string[] {
  return [
    ...lines.map(([label, value]) => `${label}: ${value}`),
    '',
    ...mail.body.flatMap((each) => [each, '']),
  ];
}

function htmlRows(lines: readonly Row[]): string {
  return lines.map(([label, value]) => `<b>${label}:</b> ${escape(value)}`).join('<br>');
}

function desktop(mail: Original, language: Language): Block {
  const lines = rows(mail, language, outlookLike);
  const head = `<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${htmlRows(lines)}<o:p></o:p></p></div>`;
  const body = paragraphs(mail.body).replace(/<p>/g, '<p class="MsoNormal">');
  return {
    text: textOf(mail, lines),
    html: `<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div>${head}</div><p class="MsoNormal"><o:p>&nbsp;</o:p></p>${body}`,
    dateRaw: writtenDates.outlook(mail.at, language),
    zoned: false,
  };
}

/** Of the versions before 2013, and of mail that is composed as plain text. */
function plainText(mail: Original, language: Language): Block {
  const person = ({ name, address }: Person) =>
    name === '' ? address : `${name} [mailto:${address}]`;
  const block = desktop(mail, language);
  const separator = `-----${wordsOf(language).original}-----`;
  const ours = rows(mail, language, ({ name, address }) => (name === '' ? address : name));
  const [, ...rest] = ours;
  const from: Row = [labelsOf(language).from, person(mail.from)];
  return { ...block, text: [separator, ...textOf(mail, [from, ...rest])] };
}

function web(mail: Original, language: Language): Block {
  const lines = rows(mail, language, outlookLike);
  const head = `<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${htmlRows(lines)}</font><div>&nbsp;</div></div>`;
  return {
    text: [RULE, ...textOf(mail, lines)],
    html: `${head}<div>${paragraphs(mail.body, 'div')}</div>`,
    dateRaw: writtenDates.outlook(mail.at, language),
    zoned: false,
  };
}

/** Its texts are made from the HTML, where each address is a link. */
function mobile(mail: Original, language: Language): Block {
  const block = web(mail, language);
  const person = ({ name, address }: Person) =>
    `${name === '' ? address : name} <${address}<mailto:${address}>>`;
  return { ...block, text: [RULE, ...textOf(mail, rows(mail, language, person))] };
}

/** "Date" instead of "Sent", and commas between people. */
function mac(mail: Original, language: Language): Block {
  const labels = labelsOf(language);
  const lines = rows(mail, language, outlookLike).map(([label, value]): Row =>
    label === labels.sent
      ? [labels.date, value]
      : [label, label === labels.subject ? value : value.replaceAll('>; ', '>, ')],
  );
  const head = `<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b><span style="font-size:12.0pt;color:black">${lines.map(([label, value]) => `${label}: </span></b><span style="font-size:12.0pt;color:black">${escape(value)}`).join('<br></span><b><span style="font-size:12.0pt;color:black">')}<o:p></o:p></span></p></div>`;
  return {
    ...desktop(mail, language),
    text: textOf(mail, lines),
    html: head + paragraphs(mail.body),
  };
}

const of = (name: string, write: Layout['write'], rest: Partial<Layout> = {}): Layout => ({
  client: 'Outlook',
  name,
  languages: MAJOR,
  shapes: ['both', 'html', 'text'],
  times: 1,
  write,
  ...rest,
});

export const OUTLOOK: readonly Layout[] = [
  of('desktop', desktop, { languages: LANGUAGES, times: 2, shapes: ['both', 'html'] }),
  of('desktop, text without separator', desktop, { shapes: ['text'], times: 2 }),
  of('desktop, original message', plainText, {
    languages: LANGUAGES.filter((each) => each !== 'ko'),
    shapes: ['text'],
  }),
  of('web', web, { languages: LANGUAGES, times: 2 }),
  of('mobile', mobile, { shapes: ['both', 'text'] }),
  of('mac', mac),
];
