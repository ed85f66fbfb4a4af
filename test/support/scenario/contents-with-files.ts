import { deflateRawSync } from 'node:zlib';
import { createRandom, type Random } from './random.ts';
import {
  attachmentPart,
  htmlPart,
  inlineImagePart,
  multipart,
  textPart,
  type Part,
} from '../mail-builder.ts';
import type { ContentKind } from './content.ts';
import { letter } from './texts.ts';

/** A one-pixel PNG. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
  'base64',
);

/** Attachments, inline images, and file names that must not be trusted. */
export const attachmentContents: readonly ContentKind[] = [
  () => ({
    subject: 'With a picture inside',
    part: multipart(
      'related',
      [
        multipart('alternative', [
          textPart('[image: logo]'),
          htmlPart('<p>Look: <img src="cid:logo@pictures.example" alt="logo"></p>'),
        ]),
        inlineImagePart({
          fileName: 'logo.png',
          contentType: 'image/png',
          content: PIXEL,
          contentId: 'logo@pictures.example',
        }),
      ],
      '; type="multipart/alternative"',
    ),
  }),
  (random) => ({
    subject: 'Price list',
    part: withFile('prices.csv', 'text/csv', csv(random, 40)),
  }),
  (random) => ({
    subject: 'Contract',
    part: withFile('contract.pdf', 'application/pdf', fakePdf(random, 8_000)),
  }),
  (random) => ({
    subject: 'Two files',
    part: multipart('mixed', [
      textPart(letter('german')),
      file('Übersicht März.zip', 'application/zip', random.bytes(3_000)),
      file('scan.png', 'image/png', PIXEL),
    ]),
  }),
  ...[
    'invoice\u202Efdp.exe',
    '../../etc/passwd',
    '..\\..\\boot.ini',
    'CON',
    '__proto__',
    `${'long'.repeat(1_200)}.txt`,
    'tab\there "quoted" ; semicolon.txt',
  ].map((name) => oneFile(name)),
  () => ({ subject: 'Meeting', part: invitation() }),
  (random) => ({
    subject: 'Sent from a certain program',
    part: withFile('winmail.dat', 'application/ms-tnef', random.bytes(900)),
  }),
  (random) => ({
    subject: 'Signed',
    part: multipart(
      'signed',
      [
        textPart(letter('english'), { encoding: '7bit', charset: 'us-ascii' }),
        file('smime.p7s', 'application/pkcs7-signature', random.bytes(1_200)),
      ],
      '; protocol="application/pkcs7-signature"; micalg=sha-256',
    ),
  }),
  (random) => ({
    subject: 'Secret',
    part: multipart(
      'encrypted',
      [
        {
          fields: [['Content-Type', 'application/pgp-encrypted']],
          body: Buffer.from('Version: 1\r\n'),
        },
        file('encrypted.asc', 'application/octet-stream', random.bytes(2_000)),
      ],
      '; protocol="application/pgp-encrypted"',
    ),
  }),
  () => ({ subject: 'Page as a file', part: withFile('page.html', 'text/html', HOSTILE) }),
  () => ({ subject: 'Drawing', part: withFile('drawing.svg', 'image/svg+xml', HOSTILE) }),
  () => ({ subject: 'Hostile HTML', part: htmlPart(HOSTILE.toString()) }),
];

const HOSTILE = Buffer.from(
  '<svg onload="alert(1)"></svg><script>alert(2)</script><img src=x onerror="alert(3)">' +
    '<a href="javascript:alert(4)">go</a><img src="http://tracker.example/pixel.gif">',
);

/** A letter with one big attachment that does not compress; about 1.37 times `bytes` on the wire. */
export function bigContent(random: Random, bytes: number): Part {
  const noise = createRandom(random.between(0, 1_000_000)).bytes(4_096);
  const blocks = Array.from({ length: Math.ceil(bytes / 4_096) }, () => noise);
  return withFile('drawing.dwg', 'application/octet-stream', Buffer.concat(blocks));
}

function oneFile(fileName: string): ContentKind {
  return () => ({
    subject: 'One file',
    part: withFile(fileName, 'application/octet-stream', Buffer.from('content\0with a NUL')),
  });
}

function withFile(fileName: string, contentType: string, content: Buffer): Part {
  return multipart('mixed', [textPart(letter('english')), file(fileName, contentType, content)]);
}

function file(fileName: string, contentType: string, content: Buffer): Part {
  return attachmentPart({ fileName, contentType, content });
}

function csv(random: Random, rows: number): Buffer {
  const lines = Array.from(
    { length: rows },
    (_, row) =>
      `${String(row)};chair;${String(random.between(10, 99))},50;${letter('french')[row] ?? ''}`,
  );
  return Buffer.from(['number;item;price;note', ...lines].join('\n'));
}

function fakePdf(random: Random, bytes: number): Buffer {
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), deflateRawSync(random.bytes(bytes))]);
}

function invitation(): Part {
  const event = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:meeting-1@calendar.example',
    'DTSTART:20250303T090000Z',
    'SUMMARY:Chairs',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\n');
  return multipart('alternative', [
    textPart(letter('english')),
    textPart(event, { subtype: 'calendar' }),
  ]);
}
