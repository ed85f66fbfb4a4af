import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import {
  attachmentPart,
  buildMail,
  encodedWords,
  htmlPart,
  inlineImagePart,
  mailbox,
  messagePart,
  multipart,
  textPart,
  transferEncode,
  type TextOptions,
} from '../../support/mail-builder.ts';

const FROM = ['From', 'a@b.example'] as const;

describe('textPart', () => {
  const kinds: readonly (readonly [string, TextOptions])[] = [
    ['Größe und Maß', { charset: 'utf-8', encoding: 'quoted-printable' }],
    ['Zażółć gęślą jaźń', { charset: 'utf-8', encoding: 'base64' }],
    ['Größe', { charset: 'iso-8859-1', encoding: 'quoted-printable' }],
    ['Größe', { charset: 'iso-8859-1', encoding: '8bit' }],
    ['„Preis“ – 12 €', { charset: 'windows-1252', encoding: 'quoted-printable' }],
    ['見積書 and more 椅子', { charset: 'iso-2022-jp', encoding: '7bit' }],
  ];
  it.each(kinds)('a mail reader reads %s %j', async (text, options) => {
    const read = await simpleParser(buildMail([FROM], textPart(text, options)));
    expect(read.text?.trim()).toBe(text);
  });

  it('refuses a text that the charset does not hold', () => {
    expect(() => textPart('Łódź', { charset: 'iso-8859-1' })).toThrow('does not hold');
  });
});

describe('transferEncode', () => {
  it.each(Array.from({ length: 60 }, (_, index) => 60 + index))(
    'quoted-printable of %i characters comes back, in lines of at most 76',
    (length) => {
      const text = Array.from({ length }, (_, index) => 'ä= xy'[(index * index + length) % 5]);
      const bytes = Buffer.from(text.join(''));
      const encoded = transferEncode(bytes, 'quoted-printable').toString('latin1');
      const joined = encoded
        .replaceAll('=\r\n', '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        );
      expect(Buffer.from(joined, 'latin1')).toEqual(bytes);
      expect(Math.max(...encoded.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
    },
  );
});

describe('multipart', () => {
  const image = Buffer.from([0, 255, 1, 254, 13, 10]);
  const raw = buildMail(
    [FROM],
    multipart('mixed', [
      multipart('alternative', [textPart('plain'), htmlPart('<p>rich</p>')]),
      inlineImagePart({
        fileName: 'i.png',
        contentType: 'image/png',
        content: image,
        contentId: 'i@x',
      }),
      attachmentPart({ fileName: 'Übersicht.bin', contentType: 'application/x-y', content: image }),
    ]),
  );

  it('keeps texts and bytes', async () => {
    const read = await simpleParser(raw);
    expect(read.text?.trim()).toBe('plain');
    expect(read.html).toContain('<p>rich</p>');
    expect(read.attachments.map((one) => [one.filename, one.contentId, one.content])).toEqual([
      ['i.png', '<i@x>', image],
      ['Übersicht.bin', undefined, image],
    ]);
  });

  it('has the same bytes when it is built again', () => {
    expect(multipart('mixed', [textPart('x')])).toEqual(multipart('mixed', [textPart('x')]));
  });

  it('holds whole messages', async () => {
    const inner = messagePart(raw, 'inner.eml');
    const read = await simpleParser(buildMail([FROM], multipart('mixed', [textPart('x'), inner])));
    expect(read.attachments.at(-1)?.contentType).toBe('message/rfc822');
  });
});

describe('headers', () => {
  it.each([
    ['utf-8', 'Zażółć gęślą jaźń, a very long subject that needs more than one word 🪑'],
    ['iso-2022-jp', '見積書のお願い、椅子四十脚、三月末までにお願いします'],
    ['iso-8859-1', 'Größe'],
  ] as const)('encoded words in %s are read', async (charset, text) => {
    const read = await simpleParser(
      buildMail([['Subject', encodedWords(text, charset)]], textPart('x')),
    );
    expect(read.subject).toBe(text);
  });

  it.each(['Jane Roe', 'Roe, "J" Jane', 'Jürgen Weiß', ''])('the mailbox of "%s"', async (name) => {
    const read = await simpleParser(
      buildMail([['From', mailbox(name, 'jane@roe.example')]], textPart('x')),
    );
    expect(read.from?.value).toEqual([{ name, address: 'jane@roe.example' }]);
  });
});
