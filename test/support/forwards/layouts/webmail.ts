import type { Block, Layout, Original, Person } from '../forward-case.ts';
import { type Language, labelsOf, thunderbirdOf } from '../words.ts';
import { bracketed, escape, headerLike, paragraphs, plain, quoted } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

type Row = readonly [label: string, value: string];

function all(people: readonly Person[], show: (each: Person) => string): string {
  return people.map(show).join(', ');
}

function textOf(rows: readonly Row[], mail: Original): string[] {
  return [
    ...rows.map(([label, value]) => `${label}: ${value}`),
    '',
    ...mail.body.flatMap((each) => [each, '']),
  ];
}

/** Each line begins with a space. */
function yahoo(mail: Original, language: Language): Block {
  const labels = labelsOf(language);
  const dateRaw = writtenDates.yahoo(mail.at, language);
  const rows: Row[] = [
    [labels.from, quoted(mail.from)],
    [labels.to, all(mail.to, quoted)],
    ...(mail.cc.length > 0 ? [[labels.cc, all(mail.cc, quoted)] as const] : []),
    [labels.sent, dateRaw],
    [labels.subject, mail.subject],
  ];
  const separator = `----- ${thunderbirdOf(language).title} -----`;
  return {
    text: [` ${separator} `, ...textOf(rows, mail)],
    html: `<div><br></div><div id="ydp1yahoo_quoted" class="yahoo_quoted"><div style="font-family:sans-serif;color:#26282a"><div>${separator}</div>${rows.map(([label, value]) => `<div><b>${label}:</b> ${escape(value)}</div>`).join('')}<div><br></div>${paragraphs(mail.body, 'div')}</div></div>`,
    dateRaw,
    zoned: true,
  };
}

function fastmail(mail: Original, language: Language): Block {
  const dateRaw = writtenDates.outlook(mail.at, language);
  const rows: Row[] = [
    ['From', headerLike(mail.from)],
    ['To', all(mail.to, headerLike)],
    ...(mail.cc.length > 0 ? [['Cc', all(mail.cc, headerLike)] as const] : []),
    ['Subject', mail.subject],
    ['Date', dateRaw],
  ];
  const head = `----- Original message -----<br>${rows.map(([label, value]) => `${label}: ${escape(value)}`).join('<br>')}`;
  return {
    text: ['----- Original message -----', ...textOf(rows, mail)],
    html: `<div><br></div><div>${head}</div><div><br></div><blockquote type="cite" id="qt">${paragraphs(mail.body, 'div')}</blockquote>`,
    dateRaw,
    zoned: false,
  };
}

/** The line above the block stands below it again. */
function zoho(mail: Original, language: Language): Block {
  const rule = '============ Forwarded message ============';
  const dateRaw = writtenDates.rfc(mail.at, language);
  const rows: Row[] = [
    ['From', quoted(mail.from).replace('" <', '"<')],
    ['To', all(mail.to, quoted).replaceAll('" <', '"<')],
    ...(mail.cc.length > 0 ? [['Cc', all(mail.cc, quoted)] as const] : []),
    ['Date', dateRaw],
    ['Subject', mail.subject],
  ];
  const lines = [rule, ...rows.map(([label, value]) => `${label}: ${value}`), rule];
  return {
    text: [...lines, '', ...mail.body.flatMap((each) => [each, ''])],
    html: `<br><div class="zmail_extra"><div>${lines.map(escape).join('<br>')}</div><br><blockquote>${paragraphs(mail.body, 'div')}</blockquote></div>`,
    dateRaw,
    zoned: true,
  };
}

/** The mail itself is quoted. */
function proton(mail: Original, language: Language): Block {
  const dateRaw = writtenDates.proton(mail.at);
  const rows: Row[] = [
    ['From', bracketed(mail.from)],
    ['Date', dateRaw],
    ['Subject', mail.subject],
    ['To', all(mail.to, bracketed)],
    ...(mail.cc.length > 0 ? [['CC', all(mail.cc, bracketed)] as const] : []),
  ];
  const head = ['------- Forwarded Message -------', ...rows.map((row) => row.join(': '))];
  const body = mail.body
    .flatMap((each) => [...each.split('\n'), ''])
    .map((line) => (line === '' ? '>' : `> ${line}`));
  return {
    text: [...head, '', ...body],
    html: `<div class="protonmail_quote">${head.map(escape).join('<br>')}<br><br><blockquote class="protonmail_quote" type="cite" lang="${language}">${paragraphs(mail.body)}</blockquote></div>`,
    dateRaw,
    zoned: false,
  };
}

/** No line above; a frame in HTML. */
function gmx(mail: Original, language: Language): Block {
  const labels = labelsOf(language);
  const dateRaw = writtenDates.gmx(mail.at, language);
  const rows: Row[] = [
    [labels.sent, dateRaw],
    [labels.from, quoted(mail.from)],
    [labels.to, all(mail.to, quoted)],
    ...(mail.cc.length > 0 ? [[labels.cc, all(mail.cc, plain)] as const] : []),
    [labels.subject, mail.subject],
  ];
  return {
    text: textOf(rows, mail),
    html: `<div>&nbsp;<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;">${rows.map(([label, value]) => `<b>${label}:</b>&nbsp;${escape(value)}`).join('<br>')}</div><div name="quoted-content">${paragraphs(mail.body)}</div></div></div></div>`,
    dateRaw,
    zoned: false,
  };
}

const of = (client: string, write: Layout['write'], languages: Language[], times = 1): Layout => ({
  client,
  name: 'web',
  languages,
  shapes: ['both', 'html', 'text'],
  times,
  write,
});

export const WEBMAIL: readonly Layout[] = [
  of('Yahoo', yahoo, ['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'nl', 'da', 'sv', 'zh-Hant'], 2),
  of('Fastmail', fastmail, ['en'], 8),
  of('Zoho', zoho, ['en', 'de', 'fr', 'es', 'ja', 'zh-Hans'], 2),
  of('Proton', proton, ['en', 'de', 'fr', 'it', 'pl'], 2),
  of('GMX/Web.de', gmx, ['de', 'en', 'fr', 'es', 'it'], 3),
];
