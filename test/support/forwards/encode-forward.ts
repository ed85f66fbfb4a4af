import {
  buildMail,
  encodedWords,
  type Field,
  multipart,
  type Part,
  transferEncode,
} from '../mail-builder.ts';
import { encodeIn, legacyCharset } from './charsets.ts';
import type { Shape } from './forward-case.ts';
import type { Picker } from './picker.ts';
import type { Language } from './words.ts';

export interface Written {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface EncodeOptions {
  readonly language: Language;
  readonly shape: Shape;
  readonly flowed: boolean;
  readonly picker: Picker;
}

/** The forward as it travels: one of the usual charsets, transfer encodings and MIME structures. */
export function encodeForward(written: Written, options: EncodeOptions): Buffer {
  return buildMail(outerHeader(written.subject), encodeBody(written, options));
}

/** Text and HTML of a mail as a MIME entity. */
export function encodeBody(written: Written, options: EncodeOptions): Part {
  const { language, picker, shape } = options;
  const legacy = picker.below(3) === 0;
  const charset = legacy ? legacyCharset(language) : 'utf-8';
  const encoding = picker.of(['quoted-printable', 'base64', '8bit'] as const);
  const flowed = options.flowed && picker.below(2) === 0;
  const text = flowed ? flow(written.text) : written.text;
  const plain = part(text, 'plain', charset, encoding, flowed);
  const page = `<html><head><meta http-equiv="Content-Type" content="text/html"></head><body${language === 'he' || language === 'ar' ? ' dir="rtl"' : ''}>${written.html}</body></html>`;
  const html = part(page, 'html', charset, encoding, false);
  if (shape === 'text') return plain;
  return shape === 'html' ? html : multipart('alternative', [plain, html]);
}

/** What our user sends to the archive address. */
export function outerHeader(subject: string): Field[] {
  return [
    ['From', 'Max Sample <max.sample@letterbook.example>'],
    ['To', 'archive@letterbook.example'],
    ['Subject', /^[\x20-\x7e]*$/.test(subject) ? subject : encodedWords(subject)],
    ['Date', 'Thu, 26 Nov 2026 10:00:00 +0000'],
    ['Message-ID', '<forward@letterbook.example>'],
  ];
}

function part(
  content: string,
  subtype: 'plain' | 'html',
  wanted: string,
  encoding: 'quoted-printable' | 'base64' | '8bit',
  flowed: boolean,
): Part {
  const text = content.replace(/\n/g, '\r\n');
  const legacy = encodeIn(text, wanted);
  const charset = legacy === null ? 'utf-8' : wanted;
  const bytes = legacy ?? Buffer.from(text, 'utf8');
  const used = charset === 'iso-2022-jp' && encoding === '8bit' ? '7bit' : encoding;
  return {
    fields: [
      ['Content-Type', `text/${subtype}; charset=${charset}${flowed ? '; format=flowed' : ''}`],
      ['Content-Transfer-Encoding', used],
    ],
    body: transferEncode(bytes, used),
  };
}

/** RFC 3676: long lines end in a space where they go on; what looks quoted or like From is stuffed. */
function flow(text: string): string {
  return text.split('\n').flatMap(flowLine).join('\n');
}

function flowLine(line: string): string[] {
  const quote = /^(?:> ?)*/.exec(line)?.[0].replace(/ /g, '') ?? '';
  const content = line.slice(/^(?:> ?)*/.exec(line)?.[0].length ?? 0).trimEnd();
  if (content === '--') return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of content.split(/(?<= )/)) {
    if (current !== '' && (current + word).length > 70) {
      lines.push(current);
      current = '';
    }
    current += word;
  }
  lines.push(current);
  const stuffed = (each: string) =>
    quote !== '' ? `${quote} ${each}` : /^(?: |From )/.test(each) ? ` ${each}` : each;
  return lines.map(stuffed);
}
