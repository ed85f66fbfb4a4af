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
  readonly from: string;
  readonly date: (date: Date) => string;
  readonly to: string;
}

const DAY: Intl.DateTimeFormatOptions = { weekday: 'short', month: 'short', day: 'numeric' };
const TIME: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

/** Gmail translates "From" and "To", never the line above the block, "Subject" or "Date". */
const ENGLISH: Words = {
  from: 'From:',
  date: (date) =>
    `${formatDate(date, 'en-US', { ...DAY, year: 'numeric' })} at ${formatDate(date, 'en-US', TIME)}`,
  to: 'To:',
};
const GERMAN: Words = {
  from: 'Von:',
  date: (date) =>
    `${formatDate(date, 'de-DE', { ...DAY, year: 'numeric' })} um ${formatDate(date, 'de-DE', TIME)} Uhr`,
  to: 'An:',
};
const FRENCH: Words = {
  from: 'De :',
  date: (date) =>
    `${formatDate(date, 'fr-FR', { ...DAY, year: 'numeric' })} à ${formatDate(date, 'fr-FR', TIME)}`,
  to: 'À :',
};

export const gmailLayouts: readonly ForwardLayout[] = [
  {
    name: 'Gmail, text',
    subject: forwarded,
    part: (original, remark) => textPart(gmailText(original, remark)),
  },
  {
    name: 'Gmail, text and HTML',
    subject: forwarded,
    part: (original, remark) =>
      multipart('alternative', [
        textPart(gmailText(original, remark)),
        htmlPart(html(original, remark, ENGLISH)),
      ]),
  },
  {
    name: 'Gmail, only HTML',
    subject: forwarded,
    part: (original, remark) => htmlPart(html(original, remark, ENGLISH)),
  },
  {
    name: 'Gmail in German, text',
    subject: forwarded,
    part: (original, remark) => textPart(gmailText(original, remark, GERMAN)),
  },
  {
    name: 'Gmail in French, text',
    subject: forwarded,
    part: (original, remark) =>
      textPart(gmailText(original, remark, FRENCH), { charset: 'utf-8', encoding: 'base64' }),
  },
];

function forwarded(original: Original): string {
  return `Fwd: ${original.subject}`;
}

/** The plain text of a forward as Gmail writes it. */
export function gmailText(original: Original, remark: string, words: Words = ENGLISH): string {
  return [
    remark,
    '',
    '---------- Forwarded message ---------',
    `${words.from} ${shown(original.from)}`,
    `Date: ${words.date(original.date)}`,
    `Subject: ${original.subject}`,
    `${words.to} ${original.to.map(shown).join(', ')}`,
    ...(original.cc.length > 0 ? [`Cc: ${original.cc.map(shown).join(', ')}`] : []),
    '',
    '',
    original.text,
  ].join('\n');
}

function html(original: Original, remark: string, words: Words): string {
  const cc = original.cc.length > 0 ? `Cc: ${original.cc.map(linked).join(', ')}<br>` : '';
  return `<div dir="ltr">${lines(remark)}<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>${words.from} <strong class="gmail_sendername" dir="auto">${escapeHtml(original.from.name)}</strong> <span dir="auto">${link(original.from)}</span><br>Date: ${words.date(original.date)}<br>Subject: ${escapeHtml(original.subject)}<br>${words.to} ${original.to.map(linked).join(', ')}<br>${cc}</div><br><br><div dir="ltr">${lines(original.text)}</div></div></div>`;
}

function linked(who: Named): string {
  return who.name === '' ? link(who) : `${escapeHtml(who.name)} ${link(who)}`;
}

function link(who: Named): string {
  return `&lt;<a href="mailto:${who.address}">${who.address}</a>&gt;`;
}
