import { htmlPart, multipart, textPart } from '../mail-builder.ts';
import {
  escapeHtml,
  formatDate,
  lines,
  shown,
  type ForwardLayout,
  type Named,
  type Original,
} from './forward-layout.ts';

interface Words {
  readonly separator: string;
  readonly from: string;
  readonly subject: string;
  readonly date: (date: Date) => string;
  readonly to: string;
  readonly cc: string;
}

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };

const ENGLISH: Words = {
  separator: 'Begin forwarded message:',
  from: 'From:',
  subject: 'Subject:',
  date: (date) =>
    `Date: ${formatDate(date, 'en-GB', DAY)} at ${formatDate(date, 'en-GB', TIME)} GMT`,
  to: 'To:',
  cc: 'Cc:',
};
const GERMAN: Words = {
  separator: 'Anfang der weitergeleiteten Nachricht:',
  from: 'Von:',
  subject: 'Betreff:',
  date: (date) =>
    `Datum: ${formatDate(date, 'de-DE', DAY)} um ${formatDate(date, 'de-DE', TIME)} MEZ`,
  to: 'An:',
  cc: 'Kopie:',
};
const FRENCH: Words = {
  separator: 'Début du message réexpédié :',
  from: 'De:',
  subject: 'Objet:',
  date: (date) =>
    `Date: ${formatDate(date, 'fr-FR', DAY)} à ${formatDate(date, 'fr-FR', TIME)} UTC+1`,
  to: 'À:',
  cc: 'Cc:',
};

export const appleLayouts: readonly ForwardLayout[] = [
  {
    name: 'Apple Mail, text',
    subject: forwarded,
    part: (original, remark) => textPart(text(original, remark, ENGLISH, '')),
  },
  {
    name: 'Apple Mail, quoted text',
    subject: forwarded,
    part: (original, remark) =>
      textPart(text(original, remark, ENGLISH, '> '), { encoding: '8bit' }),
  },
  {
    name: 'Apple Mail, text and HTML',
    subject: forwarded,
    part: (original, remark) =>
      multipart('alternative', [
        textPart(text(original, remark, ENGLISH, '> ')),
        htmlPart(html(original, remark, ENGLISH)),
      ]),
  },
  {
    name: 'Apple Mail, only HTML',
    subject: forwarded,
    part: (original, remark) => htmlPart(html(original, remark, ENGLISH)),
  },
  {
    name: 'Apple Mail in German, quoted text',
    subject: forwarded,
    part: (original, remark) => textPart(text(original, remark, GERMAN, '> ')),
  },
  {
    name: 'Apple Mail in French, quoted text',
    subject: (original) => `Tr: ${original.subject}`,
    part: (original, remark) => textPart(text(original, remark, FRENCH, '> ')),
  },
];

function forwarded(original: Original): string {
  return `Fwd: ${original.subject}`;
}

function text(original: Original, remark: string, words: Words, quote: string): string {
  const block = [
    `${words.from} ${shown(original.from)}`,
    `${words.subject} ${original.subject}`,
    words.date(original.date),
    `${words.to} ${original.to.map(shown).join(', ')}`,
    ...(original.cc.length > 0 ? [`${words.cc} ${original.cc.map(shown).join(', ')}`] : []),
    '',
    ...original.text.split('\n'),
  ].map((line) => `${quote}${line}`.trimEnd());
  return [remark, '', words.separator, '', ...block].join('\n');
}

function html(original: Original, remark: string, words: Words): string {
  const fields: [string, string][] = [
    [words.from, linked(original.from)],
    [words.subject, escapeHtml(original.subject)],
    ['Date:', words.date(original.date).replace('Date: ', '')],
    [words.to, original.to.map(linked).join(', ')],
  ];
  if (original.cc.length > 0) fields.push([words.cc, original.cc.map(linked).join(', ')]);
  const block = fields
    .map(
      ([word, value]) =>
        `<div style="margin:0px;"><span style="font-family:-webkit-system-font,sans-serif;"><b>${word} </b></span><span>${value}<br></span></div>`,
    )
    .join('');
  return `<html><head></head><body style="overflow-wrap:break-word;">${lines(remark)}<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>${words.separator}</div><br class="Apple-interchange-newline">${block}<br><div><div>${lines(original.text)}</div></div></blockquote></div><br></body></html>`;
}

function linked(who: Named): string {
  return `${escapeHtml(who.name)} &lt;<a href="mailto:${who.address}">${who.address}</a>&gt;`;
}
