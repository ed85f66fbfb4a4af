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
  readonly prefix: string;
  readonly from: string;
  readonly sent: string;
  readonly to: string;
  readonly cc: string;
  readonly subject: string;
  readonly locale: string;
}

const ENGLISH: Words = {
  prefix: 'FW',
  from: 'From:',
  sent: 'Sent:',
  to: 'To:',
  cc: 'Cc:',
  subject: 'Subject:',
  locale: 'en-US',
};
const GERMAN: Words = {
  prefix: 'WG',
  from: 'Von:',
  sent: 'Gesendet:',
  to: 'An:',
  cc: 'Cc:',
  subject: 'Betreff:',
  locale: 'de-DE',
};
const FRENCH: Words = {
  prefix: 'TR',
  from: 'De :',
  sent: 'Envoyé :',
  to: 'À :',
  cc: 'Cc :',
  subject: 'Objet :',
  locale: 'fr-FR',
};
const LINE = '________________________________';

export const outlookLayouts: readonly ForwardLayout[] = [
  layout('Outlook on the web, text', ENGLISH, (original, remark) =>
    textPart([remark, '', LINE, text(original, ENGLISH)].join('\n')),
  ),
  layout('Outlook on the web, text and HTML', ENGLISH, (original, remark) =>
    multipart('alternative', [
      textPart([remark, LINE, text(original, ENGLISH)].join('\n')),
      htmlPart(webHtml(original, remark, ENGLISH)),
    ]),
  ),
  layout('Outlook on the web, only HTML', ENGLISH, (original, remark) =>
    htmlPart(webHtml(original, remark, ENGLISH)),
  ),
  layout('Outlook on the desktop, text', ENGLISH, (original, remark) =>
    textPart([remark, '', '', text(original, ENGLISH)].join('\n')),
  ),
  layout('Outlook on the desktop, only HTML', ENGLISH, (original, remark) =>
    htmlPart(desktopHtml(original, remark, ENGLISH), { charset: 'windows-1252' }),
  ),
  layout('Outlook in German, text', GERMAN, (original, remark) =>
    textPart([remark, '', LINE, text(original, GERMAN)].join('\n'), { charset: 'windows-1252' }),
  ),
  layout('Outlook in German, only HTML', GERMAN, (original, remark) =>
    htmlPart(webHtml(original, remark, GERMAN), { charset: 'windows-1252' }),
  ),
  layout('Outlook in French, text', FRENCH, (original, remark) =>
    textPart([remark, '', LINE, text(original, FRENCH)].join('\n'), { charset: 'windows-1252' }),
  ),
];

function layout(name: string, words: Words, part: ForwardLayout['part']): ForwardLayout {
  return { name, subject: (original) => `${words.prefix}: ${original.subject}`, part };
}

function text(original: Original, words: Words): string {
  return [
    `${words.from} ${shown(original.from)}`,
    `${words.sent} ${sent(original, words)}`,
    `${words.to} ${original.to.map(shown).join('; ')}`,
    ...(original.cc.length > 0 ? [`${words.cc} ${original.cc.map(shown).join('; ')}`] : []),
    `${words.subject} ${original.subject}`,
    '',
    original.text,
  ].join('\n');
}

function webHtml(original: Original, remark: string, words: Words): string {
  return `<html><head><meta http-equiv="Content-Type" content="text/html"></head><body dir="ltr"><div style="font-family:Aptos,Calibri,sans-serif;font-size:12pt">${lines(remark)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">${fields(original, words)}</font><div>&nbsp;</div></div><div>${lines(original.text)}</div></body></html>`;
}

function desktopHtml(original: Original, remark: string, words: Words): string {
  return `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="EN-US"><div class="WordSection1"><p class="MsoNormal">${lines(remark)}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">${fields(original, words)}<o:p></o:p></p></div><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">${lines(original.text)}<o:p></o:p></p></div></body></html>`;
}

function fields(original: Original, words: Words): string {
  const cc: [string, string][] =
    original.cc.length > 0 ? [[words.cc, original.cc.map(escaped).join('; ')]] : [];
  const all: [string, string][] = [
    [words.from, escaped(original.from)],
    [words.sent, sent(original, words)],
    [words.to, original.to.map(escaped).join('; ')],
    ...cc,
    [words.subject, escapeHtml(original.subject)],
  ];
  return all.map(([word, value]) => `<b>${word}</b> ${value}`).join('<br>\n');
}

function escaped(who: Named): string {
  return escapeHtml(shown(who));
}

function sent(original: Original, words: Words): string {
  return formatDate(original.date, words.locale, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).replace(' at ', ' ');
}
