/** Forwards of mails that are forwards themselves, as mail programs write them. Written by hand after their look. */

/** A text in both of its forms. */
export interface Body {
  readonly text: string;
  readonly html: string;
}

/** How a mail program sets a mail below what its user wrote. */
export interface Form {
  readonly name: string;
  readonly wrap: (sender: string, mail: Body, remark: Body) => Body;
}

interface Words {
  readonly language: string;
  readonly separator: string;
  readonly from: string;
  readonly date: string;
  readonly to: string;
  readonly subject: string;
  readonly day: string;
}

export function body(text: string): Body {
  return { text, html: `<div>${lines(text)}</div>` };
}

const EN: Words = {
  language: 'English',
  separator: 'Begin forwarded message:',
  from: 'From:',
  date: 'Date:',
  to: 'To:',
  subject: 'Subject:',
  day: 'Tue, 1 Jul 2025 at 10:00',
};
const DE: Words = {
  language: 'German',
  separator: 'Anfang der weitergeleiteten Nachricht:',
  from: 'Von:',
  date: 'Datum:',
  to: 'An:',
  subject: 'Betreff:',
  day: '1. Juli 2025 um 10:00:00 MESZ',
};
const FR: Words = {
  language: 'French',
  separator: 'Début du message réexpédié :',
  from: 'De :',
  date: 'Date :',
  to: 'À :',
  subject: 'Objet :',
  day: '1 juillet 2025 à 10:00:00 UTC+2',
};
const ES: Words = {
  language: 'Spanish',
  separator: 'Inicio del mensaje reenviado:',
  from: 'De:',
  date: 'Fecha:',
  to: 'Para:',
  subject: 'Asunto:',
  day: '1 de julio de 2025, 10:00:00 CEST',
};
/** Languages whose words the reader does not know. */
const IS: Words = {
  language: 'Icelandic',
  separator: 'Upphaf framsendra skilaboða:',
  from: 'Sendandi:',
  date: 'Sent þann:',
  to: 'Viðtakandi:',
  subject: 'Efni:',
  day: 'þriðjudagur, 1. júlí 2025 10:00',
};
const HE: Words = {
  language: 'Hebrew',
  separator: 'תחילת ההודעה שהועברה:',
  from: 'מאת:',
  date: 'נשלח:',
  to: 'אל:',
  subject: 'נושא:',
  day: 'יום שלישי 1 יולי 2025 10:00',
};

const READER = 'dana@house.example';

function header(words: Words, sender: string, order: readonly (keyof Words)[]): string[] {
  const values: Partial<Record<keyof Words, string>> = {
    from: `Some Body <${sender}>`,
    date: words.day,
    to: `Dana Dale <${READER}>`,
    subject: 'Fwd: Offer 4711',
  };
  return order.map((key) => `${words[key]} ${values[key] ?? ''}`);
}

function gmail(words: Words): Form {
  const english = { ...words, date: EN.date, subject: EN.subject };
  const head = (sender: string) => [
    '---------- Forwarded message ---------',
    ...header(english, sender, ['from', 'date', 'subject', 'to']),
  ];
  return {
    name: `Gmail, ${words.language}`,
    wrap: (sender, mail, remark) => ({
      text: [remark.text, '', ...head(sender), '', '', mail.text].join('\n'),
      html: `<div dir="ltr">${remark.html}<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${lines(head(sender).join('\n'))}<br></div><br><br>${mail.html}</div></div>`,
    }),
  };
}

function apple(words: Words, quote: string): Form {
  const head = (sender: string) => header(words, sender, ['from', 'subject', 'date', 'to']);
  return {
    name: `Apple Mail${quote === '' ? '' : ', quoted'}, ${words.language}`,
    wrap: (sender, mail, remark) => ({
      text: [
        remark.text,
        '',
        words.separator,
        '',
        ...quoted(head(sender).concat('', mail.text).join('\n'), quote),
      ].join('\n'),
      html: `${remark.html}<div><br><blockquote type="cite"><div>${words.separator}</div><br class="Apple-interchange-newline">${head(sender).map(row).join('')}<br><div>${mail.html}</div></blockquote></div>`,
    }),
  };
}

function outlook(words: Words, rule: string): Form {
  const head = (sender: string) => header(words, sender, ['from', 'date', 'to', 'subject']);
  return {
    name: `Outlook${rule === '' ? '' : ' on the web'}, ${words.language}`,
    wrap: (sender, mail, remark) => ({
      text: [remark.text, '', rule, ...head(sender), '', mail.text].join('\n'),
      html: `<div>${remark.html}</div>${rule === '' ? '' : '<hr>'}<div style="border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal">${lines(head(sender).join('\n'))}</p></div><div>${mail.html}</div>`,
    }),
  };
}

function thunderbird(words: Words, separator: string): Form {
  const head = (sender: string) => header(words, sender, ['subject', 'date', 'from', 'to']);
  return {
    name: `Thunderbird, ${words.language}`,
    wrap: (sender, mail, remark) => ({
      text: [remark.text, '', separator, ...head(sender), '', '', mail.text].join('\n'),
      html: `<p>${remark.html}</p><div class="moz-forward-container">${separator}<table>${head(sender).map(tableRow).join('')}</table><br>${mail.html}</div>`,
    }),
  };
}

/** Forms that are read. */
export const FORMS: readonly Form[] = [
  ...[EN, DE, FR, ES].flatMap((words) => [
    gmail(words),
    apple(words, ''),
    apple(words, '> '),
    outlook(words, ''),
    outlook(words, '_'.repeat(32)),
  ]),
  thunderbird(EN, '-------- Forwarded Message --------'),
  thunderbird(DE, '-------- Weitergeleitete Nachricht --------'),
];

/** Forms that nobody taught the reader: what is inside of them must not be taken for all. */
export const UNKNOWN_FORMS: readonly Form[] = [IS, HE].flatMap((words) => [
  outlook(words, ''),
  outlook(words, '_'.repeat(32)),
  apple(words, ''),
  apple(words, '> '),
  thunderbird(words, `-------- ${words.separator} --------`),
]);

/** How an answer quotes the mail that it answers. */
export const ANSWERS: readonly Form[] = [
  ['On Tue, Jul 1, 2025 at 10:00 AM Some Body <SENDER> wrote:', '> '],
  ['On Tue, Jul 1, 2025 at 10:00 AM Some Body\n<SENDER> wrote:', '> '],
  ['Am 01.07.2025 um 10:00 schrieb Some Body <SENDER>:', '> '],
  ['Le mar. 1 juil. 2025 à 10:00, Some Body <SENDER> a écrit :', ''],
  ['El mar, 1 jul 2025 a las 10:00, Some Body (<SENDER>) escribió:', '> '],
  ['Some Body wrote:', '> '],
  ['Þann þri., 1. júl. 2025 kl. 10:00 skrifaði Some Body <SENDER>:', '> '],
  ['Þann þri., 1. júl. 2025 kl. 10:00 skrifaði Some Body\n<SENDER>:', ''],
].map(([attribution = '', quote = '']) => ({
  name: `${attribution.replace('\n', ' ')} ${quote === '' ? 'unquoted' : 'quoted'}`,
  wrap: (sender, mail, remark) => {
    const line = attribution.replace('SENDER', sender);
    const tag = quote === '' ? 'div' : 'blockquote';
    return {
      text: [remark.text, '', line, ...quoted(mail.text, quote)].join('\n'),
      html: `<div>${remark.html}</div><div>${lines(line)}<br></div><${tag}>${mail.html}</${tag}>`,
    };
  },
}));

function quoted(text: string, quote: string): string[] {
  return text.split('\n').map((line) => `${quote}${line}`.trimEnd());
}

function lines(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('\n', '<br>\n');
}

function row(line: string): string {
  return `<div style="margin:0px"><span>${lines(line)}<br></span></div>`;
}

function tableRow(line: string): string {
  const colon = line.indexOf(':') + 1;
  const [word, value] = [line.slice(0, colon), line.slice(colon)].map(lines);
  return `<tr><th align="RIGHT">${word ?? ''}</th><td>${value ?? ''}</td></tr>`;
}
