import { escapeHtml } from '../../shared/escape-html.ts';
import type { MailContent, Named } from './compose-mail.ts';

/** The mail that somebody forwards. */
export interface ForwardedMail {
  readonly from: Named;
  readonly to: readonly Named[];
  readonly cc?: readonly Named[];
  readonly subject: string;
  readonly date: Date;
  readonly text: string;
  readonly html?: string;
}

export type LayoutName = keyof typeof LAYOUTS;

/** What a mail program makes of a mail when its user presses Forward. */
export interface ForwardLayout {
  readonly subject: (subject: string) => string;
  readonly content: (mail: ForwardedMail, remark: string) => MailContent;
}

/** The words that mail programs write above the mail that is forwarded. */
interface Words {
  readonly locale: string;
  readonly prefix: string;
  readonly separator: string;
  readonly from: string;
  readonly date: string;
  readonly to: string;
  readonly cc: string;
  readonly subject: string;
}

const GMAIL = '---------- Forwarded message ---------';
const RULE = '________________________________';

const english = { from: 'From:', date: 'Date:', to: 'To:', cc: 'Cc:', subject: 'Subject:' };
const german = { from: 'Von:', date: 'Datum:', to: 'An:', cc: 'Kopie:', subject: 'Betreff:' };
const french = { from: 'De:', date: 'Date:', to: 'À:', cc: 'Cc:', subject: 'Objet:' };

const LAYOUTS = {
  gmail: gmail({ ...english, locale: 'en-US', prefix: 'Fwd', separator: GMAIL }),
  'gmail-german': gmail({
    ...english,
    locale: 'de-DE',
    prefix: 'Fwd',
    separator: GMAIL,
    from: 'Von:',
    to: 'An:',
  }),
  'gmail-french': gmail({
    ...english,
    locale: 'fr-FR',
    prefix: 'Fwd',
    separator: GMAIL,
    from: 'De :',
    to: 'À :',
  }),
  'gmail-spanish': gmail({
    ...english,
    locale: 'es-ES',
    prefix: 'Fwd',
    separator: GMAIL,
    from: 'De:',
    to: 'Para:',
  }),
  outlook: outlook({
    ...english,
    locale: 'en-US',
    prefix: 'FW',
    separator: RULE,
    date: 'Sent:',
  }),
  'outlook-german': outlook({
    ...german,
    locale: 'de-DE',
    prefix: 'WG',
    separator: RULE,
    date: 'Gesendet:',
    cc: 'Cc:',
  }),
  'outlook-french': outlook({
    ...french,
    locale: 'fr-FR',
    prefix: 'TR',
    separator: RULE,
    from: 'De :',
    date: 'Envoyé :',
    to: 'À :',
    cc: 'Cc :',
    subject: 'Objet :',
  }),
  'outlook-spanish': outlook({
    locale: 'es-ES',
    prefix: 'RV',
    separator: RULE,
    from: 'De:',
    date: 'Enviado:',
    to: 'Para:',
    cc: 'Cc:',
    subject: 'Asunto:',
  }),
  'apple-mail': appleMail({
    ...english,
    locale: 'en-GB',
    prefix: 'Fwd',
    separator: 'Begin forwarded message:',
  }),
  'apple-mail-german': appleMail({
    ...german,
    locale: 'de-DE',
    prefix: 'Fwd',
    separator: 'Anfang der weitergeleiteten Nachricht:',
  }),
  'apple-mail-french': appleMail({
    ...french,
    locale: 'fr-FR',
    prefix: 'Tr',
    separator: 'Début du message réexpédié :',
  }),
  thunderbird: thunderbird({
    ...english,
    locale: 'en-GB',
    prefix: 'Fwd',
    separator: '-------- Forwarded Message --------',
  }),
  'thunderbird-german': thunderbird({
    ...german,
    locale: 'de-DE',
    prefix: 'Fwd',
    separator: '-------- Weitergeleitete Nachricht --------',
  }),
  'thunderbird-japanese': thunderbird({
    locale: 'ja-JP',
    prefix: 'Fwd',
    separator: '-------- Forwarded Message --------',
    from: '差出人:',
    date: '日付:',
    to: '宛先:',
    cc: 'Cc:',
    subject: '件名:',
  }),
} as const satisfies Record<string, ForwardLayout>;

export function forwardLayout(name: LayoutName): ForwardLayout {
  return LAYOUTS[name];
}

function gmail(words: Words): ForwardLayout {
  return {
    subject: (subject) => `${words.prefix}: ${subject}`,
    content: (mail, remark) => ({
      text: [remark, '', words.separator, ...fields(mail, words), '', '', mail.text].join('\n'),
      html: `<div dir="ltr">${lines(remark)}<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${words.separator}<br>${fields(mail, words).map(escapeHtml).join('<br>')}</div><br><br><div dir="ltr">${mail.html ?? lines(mail.text)}</div></div></div>`,
    }),
  };
}

function outlook(words: Words): ForwardLayout {
  return {
    subject: (subject) => `${words.prefix}: ${subject}`,
    content: (mail, remark) => ({
      text: [remark, '', words.separator, ...outlookFields(mail, words), '', mail.text].join('\n'),
      html: `<html><body dir="ltr"><div style="font-family:Calibri,sans-serif;font-size:11pt">${lines(remark)}</div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" color="#000000">${outlookFields(mail, words).map(bold).join('<br>\n')}</font><div>&nbsp;</div></div><div>${mail.html ?? lines(mail.text)}</div></body></html>`,
    }),
  };
}

function appleMail(words: Words): ForwardLayout {
  return {
    subject: (subject) => `${words.prefix}: ${subject}`,
    content: (mail, remark) => {
      const [from = '', date = '', subject = '', ...rest] = fields(mail, words);
      const quoted = [from, subject, date, ...rest, '', ...mail.text.split('\n')];
      const block = quoted.map((line) => `> ${line}`.trimEnd());
      return { text: [remark, '', words.separator, '', ...block].join('\n') };
    },
  };
}

function thunderbird(words: Words): ForwardLayout {
  return {
    subject: (subject) => `${words.prefix}: ${subject}`,
    content: (mail, remark) => {
      const [from = '', date = '', subject = '', ...rest] = fields(mail, words);
      const head = [subject, date, from, ...rest];
      return { text: [remark, '', words.separator, ...head, '', mail.text].join('\n') };
    },
  };
}

/** From, date, subject, To and perhaps Cc. */
function fields(mail: ForwardedMail, words: Words, separator = ', '): string[] {
  const cc = mail.cc ?? [];
  return [
    `${words.from} ${shown(mail.from)}`,
    `${words.date} ${moment(mail.date, words.locale)}`,
    `${words.subject} ${mail.subject}`,
    `${words.to} ${mail.to.map(shown).join(separator)}`,
    ...(cc.length > 0 ? [`${words.cc} ${cc.map(shown).join(separator)}`] : []),
  ];
}

/** The subject comes last there, and addresses are divided by semicolons. */
function outlookFields(mail: ForwardedMail, words: Words): string[] {
  const [from = '', date = '', subject = '', ...rest] = fields(mail, words, '; ');
  return [from, date, ...rest, subject];
}

function moment(date: Date, locale: string): string {
  const options = { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, options).format(date).replaceAll('\u202f', ' ');
}

function shown({ name, address }: Named): string {
  if (address === '') return name;
  return name === '' ? address : `${name} <${address}>`;
}

function bold(field: string): string {
  const colon = field.indexOf(':') + 1;
  return `<b>${escapeHtml(field.slice(0, colon))}</b>${escapeHtml(field.slice(colon))}`;
}

function lines(text: string): string {
  return text.split('\n').map(escapeHtml).join('<br>\n');
}
