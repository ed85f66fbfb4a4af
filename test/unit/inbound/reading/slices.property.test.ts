import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ParsedMail } from '../../../../src/archiving/parsed-mail.ts';
import { readMessage } from '../../../../src/inbound/reading/read-message.ts';
import { base64, html, mail, multipart, part, text } from './build.ts';
import { contentOf } from './slice-of.ts';

const content = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const wrapping = fc.constantFrom<'plain' | 'rfc822' | 'base64'>('plain', 'rfc822', 'base64');

/** What programs put before the header of a mail that they attach. */
const before = fc.constantFrom('', '\r\n', '\r\n\r\n', '\xef\xbb\xbf');

function attachment(bytes: Buffer, index: number): string {
  const fields = `Content-Type: application/x-test; name="${index}"\nContent-Disposition: attachment`;
  return part(`${fields}\nContent-Transfer-Encoding: base64`, base64(bytes));
}

function allAttachments(message: ParsedMail) {
  return [...message.attachments, ...message.forwarded.flatMap((inner) => inner.attachments)];
}

test('each attachment comes out of the original byte for byte, also out of attached mails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { minLength: 1, maxLength: 5 }),
      wrapping,
      before,
      fc.boolean(),
      async (files, how, blank, lf) => {
        const mixed = multipart('mixed', 'in', [
          text('x'),
          html('<p>y</p>'),
          ...files.map(attachment),
        ]);
        const inner = `${blank}From: a@acme.example\r\n${mixed}`;
        const entities = {
          plain: mixed,
          rfc822: multipart('mixed', 'out', [part('Content-Type: message/rfc822', inner)]),
          base64: multipart('mixed', 'out', [
            part(
              'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64',
              base64(Buffer.from(inner, 'latin1')),
            ),
          ]),
        };
        const crlf = mail(entities[how]);
        const raw = lf
          ? Buffer.from(crlf.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
          : crlf;
        const result = await readMessage(raw);
        if (result.kind !== 'mail') throw new Error(result.why);
        const found = allAttachments(result.mail).filter(({ contentType }) =>
          contentType.endsWith('x-test'),
        );
        expect(found.map(({ fileName }) => fileName)).toEqual(
          files.map((_file, index) => `${index}`),
        );
        for (const [index, one] of found.entries()) {
          expect(contentOf(raw, one)).toEqual(files[index]);
          expect(one.size).toBe(files[index]?.length);
        }
      },
    ),
    { numRuns: 150 },
  );
});

const SEED = mail(
  multipart('mixed', 'b', [
    multipart('alternative', 'c', [text('Hello'), html('<p>Hello</p>')]),
    attachment(Buffer.from('content of the first file'), 1),
    part('Content-Type: message/rfc822', `From: x@acme.example\r\n${text('inner')}`),
    part(
      'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64',
      base64(mail(text('inner'))),
    ),
  ]),
  'Cc: "Roe, Jane" <jane@acme.example>\nDate: Tue, 1 Jul 2025 10:00:00 +0200\nReferences: <a@b> <c@d>',
);

/** Pieces that mean something to a parser. */
const TOKENS = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '--b',
  '--b--',
  '--c\r\n',
  ':',
  '<',
  '>',
  '"',
  '(',
  '=?utf-8?Q?',
  '?=',
  '\r\n\r\n',
  ';',
  '@',
  '\xff',
  'From: ',
  'Content-Type: multipart/mixed; boundary=b\r\n',
  'Content-Transfer-Encoding: base64\r\n',
];

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 60 }),
  insert: fc.oneof(fc.constantFrom(...TOKENS), fc.string({ maxLength: 8 })),
});

test('a mail damaged anywhere is read or found unreadable, and slices stay inside of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), async (mutations) => {
      let damaged = SEED.toString('latin1');
      for (const { at, remove, insert } of mutations) {
        const from = Math.floor(at * damaged.length);
        damaged = damaged.slice(0, from) + insert + damaged.slice(from + remove);
      }
      const raw = Buffer.from(damaged, 'latin1');
      const result = await readMessage(raw);
      const json = JSON.stringify(result);
      expect(json.isWellFormed()).toBe(true);
      expect(json).not.toContain('\\u0000');
      if (result.kind !== 'mail') return;
      for (const one of allAttachments(result.mail)) {
        expect(one.offset).toBeGreaterThanOrEqual(0);
        expect(one.offset + one.length).toBeLessThanOrEqual(raw.length);
        if (one.inner) {
          expect(one.inner.offset).toBeGreaterThanOrEqual(0);
        } else if (one.encoding === 'identity') {
          expect(one.size).toBe(one.length);
        }
      }
    }),
    { numRuns: 400 },
  );
});
