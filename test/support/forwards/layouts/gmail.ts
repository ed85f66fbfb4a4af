import type { Block, Layout, Original, Person } from '../forward-case.ts';
import { type Language, LANGUAGES, wordsOf } from '../words.ts';
import { bracketed, escape, linked, paragraphs } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';

const SEPARATOR = '---------- Forwarded message ---------';

/** The label of From is in the user's language, the others are English in all of them. */
function write(mail: Original, language: Language): Block {
  const dateRaw = writtenDates.gmail(mail.at, language);
  const { gmailFrom } = wordsOf(language);
  const from = `${gmailFrom}${language.startsWith('zh') ? '：' : language === 'fr' ? ' :' : ':'}`;
  const cc = mail.cc.map(bracketed).join(', ');
  const text = [
    SEPARATOR,
    `${from} ${bracketed(mail.from)}`,
    `Date: ${dateRaw}`,
    `Subject: ${mail.subject}`,
    `To: ${mail.to.map(bracketed).join(', ')}`,
    ...(cc === '' ? [] : [`Cc: ${cc}`]),
    '',
    '',
    ...mail.body.flatMap((each) => [each, '']),
  ];
  const head = `${SEPARATOR}<br>${from} <strong class="gmail_sendername" dir="auto">${escape(mail.from.name)}</strong> <span dir="auto">&lt;<a href="mailto:${escape(mail.from.address)}">${escape(mail.from.address)}</a>&gt;</span><br>Date: ${escape(dateRaw)}<br>Subject: ${escape(mail.subject)}<br>To: ${people(mail.to)}<br>${cc === '' ? '' : `Cc: ${people(mail.cc)}<br>`}`;
  const html = `<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${head}</div><br><br><div dir="ltr">${paragraphs(mail.body, 'div')}</div></div>`;
  return { text, html, dateRaw, zoned: false };
}

function people(list: readonly Person[]): string {
  return list
    .map((each) => (each.name === '' ? ` &lt;${linked(each)}&gt;` : ` ${linked(each)}`))
    .join(', ');
}

/** Its apps leave out the second class, and older ones draw ten strokes on both sides. */
function writeOnPhone(mail: Original, language: Language): Block {
  const block = write(mail, language);
  const older = '---------- Forwarded message ----------';
  const [, ...rest] = block.text;
  const html = block.html
    .replace(' gmail_quote_container', '')
    .replace(SEPARATOR, older)
    .replace('<br><br><div', '<div dir="auto"><br></div><div');
  return { ...block, text: [older, ...rest], html };
}

export const GMAIL: readonly Layout[] = [
  {
    client: 'Gmail',
    name: 'web',
    languages: LANGUAGES,
    shapes: ['both', 'html', 'text'],
    times: 2,
    write,
  },
  {
    client: 'Gmail',
    name: 'phone',
    languages: ['en', 'de', 'fr', 'es', 'pt-BR', 'it', 'nl', 'pl', 'ru', 'ja', 'zh-Hans', 'ar'],
    shapes: ['both'],
    times: 1,
    write: writeOnPhone,
  },
];
