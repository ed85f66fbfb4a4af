/** Forwarded blocks as mail programs write them, for the same mail. Written by hand after their look. */

export const REMARK = 'Please file this.';
export const BODY = 'Dear Dana,\n\nthe offer is attached.\n\nJane';

export interface Layout {
  readonly name: string;
  readonly text: string;
  readonly html: string | null;
}

interface Words {
  readonly from: string;
  readonly date: string;
  readonly subject: string;
  readonly to: string;
}

const JANE = 'Jane Roe <jane@acme.example>';
const TO = 'Dana Dale <dana@house.example>, Tom <tom@house.example>';
const SUBJECT = 'Offer 4711';

function gmail(language: string, from: string, date: string): Layout {
  const text = `${REMARK}

---------- Forwarded message ---------
${from}: Jane Roe <jane@acme.example>
Date: ${date}
Subject: ${SUBJECT}
To: ${TO}


${BODY}
`;
  const html = `<div dir="ltr">${REMARK}<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>${from}: <strong class="gmail_sendername" dir="auto">Jane Roe</strong> <span dir="auto">&lt;<a href="mailto:jane@acme.example">jane@acme.example</a>&gt;</span><br>Date: ${date}<br>Subject: ${SUBJECT}<br>To: Dana Dale &lt;<a href="mailto:dana@house.example">dana@house.example</a>&gt;, Tom &lt;<a href="mailto:tom@house.example">tom@house.example</a>&gt;<br></div><br><br>${htmlBody()}</div></div>`;
  return { name: `Gmail, ${language}`, text, html };
}

function apple(language: string, separator: string, words: Words, date: string): Layout {
  const lines = [
    `> ${words.from}: ${JANE}`,
    `> ${words.subject}: ${SUBJECT}`,
    `> ${words.date}: ${date}`,
    `> ${words.to}: ${TO}`,
    '>',
    ...BODY.split('\n').map((line) => `> ${line}`),
  ];
  const html = `<html><body>${REMARK}<br><div><br><blockquote type="cite"><div>${separator}</div><br class="Apple-interchange-newline"><div style="margin: 0px"><span><b>${words.from}: </b></span><span>Jane Roe &lt;<a href="mailto:jane@acme.example">jane@acme.example</a>&gt;<br></span></div><div><span><b>${words.subject}: ${SUBJECT}</b><br></span></div><div><span><b>${words.date}: </b></span><span>${date}<br></span></div><div><span><b>${words.to}: </b></span><span>Dana Dale &lt;<a href="mailto:dana@house.example">dana@house.example</a>&gt;, Tom &lt;<a href="mailto:tom@house.example">tom@house.example</a>&gt;<br></span></div><br><div>${htmlBody()}</div></blockquote></div></body></html>`;
  const text = `${REMARK}\n\n> ${separator}\n> \n${lines.join('\n')}\n`;
  return { name: `Apple Mail, ${language}`, text, html };
}

function outlook(language: string, words: Words, date: string): Layout {
  const to = 'Dana Dale <dana@house.example>; Tom <tom@house.example>';
  const text = `${REMARK}\r\n\r\n${words.from}: ${JANE}\r\n${words.date}: ${date}\r\n${words.to}: ${to}\r\n${words.subject}: ${SUBJECT}\r\n\r\n${BODY.replaceAll('\n', '\r\n')}\r\n`;
  const html = `<html><body><div class="WordSection1"><p class="MsoNormal">${REMARK}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>${words.from}:</b> Jane Roe &lt;jane@acme.example&gt; <br><b>${words.date}:</b> ${date}<br><b>${words.to}:</b> Dana Dale &lt;dana@house.example&gt;; Tom &lt;tom@house.example&gt;<br><b>${words.subject}:</b> ${SUBJECT}<o:p></o:p></p></div></div><p class="MsoNormal"><o:p>&nbsp;</o:p></p>${htmlBody()}</div></body></html>`;
  return { name: `Outlook, ${language}`, text, html };
}

function thunderbird(language: string, separator: string, words: Words, colon = ':'): Layout {
  const rule = `-------- ${separator} --------`;
  const date = 'Tue, 1 Jul 2025 10:00:00 +0200';
  const text = `${REMARK}\n\n\n${rule}\n${words.subject}${colon} \t${SUBJECT}\n${words.date}${colon} \t${date}\n${words.from}${colon} \t${JANE}\n${words.to}${colon} \t${TO}\n\n\n\n${BODY}\n`;
  const row = (word: string, value: string) =>
    `<tr><th nowrap="nowrap" valign="BASELINE" align="RIGHT">${word}${colon} </th><td>${value}</td></tr>`;
  const html = `<html><body><p>${REMARK}</p><div class="moz-forward-container"><br><br>${rule}<table class="moz-email-headers-table"><tbody>${row(words.subject, SUBJECT)}${row(words.date, date)}${row(words.from, 'Jane Roe <a class="moz-txt-link-rfc2396E" href="mailto:jane@acme.example">&lt;jane@acme.example&gt;</a>')}${row(words.to, 'Dana Dale <a href="mailto:dana@house.example">&lt;dana@house.example&gt;</a>, Tom <a href="mailto:tom@house.example">&lt;tom@house.example&gt;</a>')}</tbody></table><br><br>${htmlBody()}</div></body></html>`;
  return { name: `Thunderbird, ${language}`, text, html };
}

function htmlBody(): string {
  return BODY.split('\n\n')
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('');
}

const EN = { from: 'From', date: 'Date', subject: 'Subject', to: 'To' };
const DE = { from: 'Von', date: 'Datum', subject: 'Betreff', to: 'An' };
const FR = { from: 'De', date: 'Date', subject: 'Objet', to: 'À' };
const ES = { from: 'De', date: 'Fecha', subject: 'Asunto', to: 'Para' };

export const LAYOUTS: readonly Layout[] = [
  gmail('English', 'From', 'Tue, 1 Jul 2025 at 10:00'),
  gmail('German', 'Von', 'Di., 1. Juli 2025 um 10:00 Uhr'),
  gmail('French', 'De', 'mar. 1 juil. 2025 à 10:00'),
  gmail('Spanish', 'De', 'mar, 1 jul 2025 a las 10:00'),
  apple('English', 'Begin forwarded message:', EN, 'July 1, 2025 at 10:00:00 GMT+2'),
  apple('German', 'Anfang der weitergeleiteten Nachricht:', DE, '1. Juli 2025 um 10:00:00 MESZ'),
  apple('French', 'Début du message réexpédié :', FR, '1 juillet 2025 à 10:00:00 UTC+2'),
  apple('Spanish', 'Inicio del mensaje reenviado:', ES, '1 de julio de 2025, 10:00:00 CEST'),
  outlook('English', { ...EN, date: 'Sent' }, 'Tuesday, July 1, 2025 10:00 AM'),
  outlook('German', { ...DE, date: 'Gesendet' }, 'Dienstag, 1. Juli 2025 10:00'),
  outlook(
    'French',
    { from: 'De\u00a0', date: 'Envoyé\u00a0', subject: 'Objet\u00a0', to: 'À\u00a0' },
    'mardi 1 juillet 2025 10:00',
  ),
  outlook('Spanish', { ...ES, date: 'Enviado el' }, 'martes, 1 de julio de 2025 10:00'),
  thunderbird('English', 'Forwarded Message', EN),
  thunderbird('German', 'Weitergeleitete Nachricht', DE),
  thunderbird('French', 'Message transféré', { ...FR, subject: 'Sujet', to: 'Pour' }, ' :'),
  thunderbird('Spanish', 'Mensaje reenviado', ES),
];
