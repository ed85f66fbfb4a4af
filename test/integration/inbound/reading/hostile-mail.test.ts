import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { ParsedMail } from '../../../../src/archiving/parsed-mail.ts';
import {
  createMailReader,
  type SearchedMail,
} from '../../../../src/inbound/reading/mail-reader.ts';
import { WORST_MAILS, WORST_SENDER } from '../../../support/worst-mails.ts';
import { zoneResolver } from '../../../support/trust/zone-resolver.ts';
import { peakMemoryMb, readingChildrenOf } from './child-processes.ts';

/** With the limits of the product; one process must survive all of it. */
const reader = createMailReader({ children: 1, log: { warn: () => undefined } });
afterAll(async () => {
  await reader.close();
});

async function readForward(mail: SearchedMail) {
  const [found] = await reader.readForwards([mail]);
  return found;
}

async function read(source: Buffer | AsyncIterable<Buffer>): Promise<ParsedMail> {
  const result = await reader.read(source);
  if (result.kind !== 'mail') throw new Error(`${result.kind}: ${result.why}`);
  return result.mail;
}

function mail(rest: string): Buffer {
  return Buffer.from(`From: jane@acme.example\r\nSubject: Hostile\r\n${rest}`);
}

function nestedMultiparts(depth: number): string {
  let opening = '';
  for (let level = 0; level < depth; level += 1) {
    opening += `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`;
  }
  return `${opening}Content-Type: text/plain\r\n\r\ncore\r\n`;
}

describe('structure', () => {
  test('multiparts nested 100 deep are read, 1000 deep are not', async () => {
    expect((await read(mail(nestedMultiparts(100)))).text.trim()).toBe('core');
    expect(await reader.read(mail(nestedMultiparts(1_000)))).toMatchObject({ kind: 'unreadable' });
  });

  test('mails nested 2000 deep: the first level is read', async () => {
    const nested = 'From: x@acme.example\r\nContent-Type: message/rfc822\r\n\r\n'.repeat(2_000);
    const { forwarded } = await read(mail(`Content-Type: message/rfc822\r\n\r\n${nested}core`));
    expect(forwarded).toHaveLength(1);
  });

  test('900 attached mails: the first hundred are read, all the rest stays attached', async () => {
    const one = '--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@acme.example\r\n\r\nhi\r\n';
    const many = mail(
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${one.repeat(900)}--b--\r\n`,
    );
    const { forwarded, mailsLeftOut, attachments } = await read(many);
    expect(forwarded.length).toBeGreaterThan(50);
    expect(forwarded.length + mailsLeftOut).toBe(900);
    expect(attachments).toHaveLength(900);
  });

  test('millions of lines like boundaries', async () => {
    const body = `--b--\r\n`.repeat(1_000_000);
    const { kind } = await reader.read(
      mail(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${body}`),
    );
    expect(['mail', 'unreadable']).toContain(kind);
  });
});

describe('header', () => {
  test('100,000 recipients: the first are read, all are counted', async () => {
    const to = Array.from({ length: 100_100 }, (_, i) => `Person ${i} <p${i}@acme.example>`).join(
      ',\r\n ',
    );
    const { header } = await read(mail(`To: ${to}\r\n\r\nHello`));
    expect(header.from).toHaveLength(1);
    expect(header.to).toHaveLength(4_999);
    expect(header.recipientsLeftOut).toBe(100_100 - 4_999);
  });

  test('a Message-ID of 10 KB, two Froms, NUL, no Date', async () => {
    const { header } = await read(
      mail(
        `From: eve@evil.example\r\nMessage-ID: <${'x'.repeat(10_000)}>\r\nTo: a\0@acme.example\r\n\r\n`,
      ),
    );
    expect(header).toMatchObject({ fromLines: 2, date: null });
    expect(header.messageId).toHaveLength(998);
  });

  test.each([
    ['quotes', '"'],
    ['brackets', '<'],
    ['comments', '('],
    ['colons', 'a:'],
    ['commas', ','],
    ['encoded-words', '=?utf-8?Q?=C3?= '],
    ['backslashes', '\\'],
  ])('a megabyte of %s', async (_name, piece) => {
    const value = piece.repeat(1_000_000 / piece.length);
    const { header } = await read(mail(`To: ${value}\r\nSubject: ${value}\r\n\r\n`));
    expect(header.to).toEqual([]);
  });
});

describe('bodies', () => {
  test('a 50 MB attachment, streamed', async () => {
    const block = Buffer.from(
      randomBytes(57 * 1_000)
        .toString('base64')
        .replace(/.{76}/g, '$&\r\n'),
    );
    async function* source(): AsyncGenerator<Buffer> {
      yield mail(
        'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      );
      for (let sent = 0; sent < 50_000_000; sent += block.length) yield block;
      yield Buffer.from('\r\n--b--\r\n');
    }
    const { attachments } = await read(source());
    const blocks = Math.ceil(50_000_000 / block.length);
    expect(attachments).toMatchObject([{ size: blocks * 57_000, encoding: 'base64' }]);
  });

  test.each([
    ['nested elements', '<div>'],
    ['paragraphs', '<p>x</p>\r\n'],
    ['brackets', '<'],
  ])('10 MB of HTML: %s', async (_name, piece) => {
    const page = piece.repeat(Math.ceil((10 * 1024 * 1024) / piece.length));
    const { html, textTruncated } = await read(mail(`Content-Type: text/html\r\n\r\n${page}`));
    expect(Buffer.byteLength(html ?? '')).toBe(2 * 1024 * 1024);
    expect(textTruncated).toBe(true);
  });

  test('20 MB of quoted-printable', async () => {
    const body = '=3D'.repeat(25).concat('=\r\n').repeat(260_000);
    const entity = `Content-Type: application/x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}`;
    const { attachments } = await read(mail(entity));
    expect(attachments).toMatchObject([{ size: 25 * 260_000 }]);
  });

  test('one line of 20 MB', async () => {
    const { text } = await read(mail(`\r\n${'x'.repeat(20_000_000)}`));
    expect(text).toHaveLength(2 * 1024 * 1024);
  });
});

describe('looking for a forwarded block', () => {
  const HEAD =
    '---------- Forwarded message ---------\nFrom: jane@acme.example\nDate: today\nSubject: s\n';
  const addresses = Array.from({ length: 3_500 }, (_, i) => `p${i} <p${i}@acme.example>`);

  test.each([
    ['49 KB of newlines', '\n'.repeat(49_000)],
    ['49 KB of spaces', ' '.repeat(49_000)],
    ['16 KB of dashes', '-'.repeat(16_000)],
    ['lines like attributions', `On ,"<${'x, "<'.repeat(50)}\n`.repeat(200)],
    ['lines like headers', 'From: x\n'.repeat(5_000)],
    ['quotes', '>'.repeat(100_000)],
  ])('%s: none', async (_name, text) => {
    expect(await readForward({ text, html: null })).toEqual({ kind: 'none' });
    expect(await readForward({ text: '', html: `<pre>${text}</pre>` })).toEqual({
      kind: 'none',
    });
  });

  test.each([
    ['on one line', addresses.join(', ')],
    ['without spaces', addresses.join(',').replaceAll(' ', '')],
    ['wrapped', addresses.join(',\n')],
  ])('an address list of 88 KB, %s', async (_name, list) => {
    const reading = await readForward({ text: `${HEAD}To: ${list}\n\nHello`, html: null });
    expect(reading).toMatchObject({
      kind: 'found',
      block: { from: { address: 'jane@acme.example' } },
    });
    expect(reading?.kind === 'found' && reading.block.to).toHaveLength(1_000);
  });
});

/** What took the most of 60 kinds (npm run bench:worst), at the size up to which mail is fetched. */
describe('the worst', () => {
  const FULL = 50 * 1024 * 1024 - 4096;

  function worst(name: string): Buffer {
    const found = WORST_MAILS.find((one) => one.name === name);
    if (!found) throw new Error(`There is no ${name}.`);
    return found.make(FULL);
  }

  test.each(['newlines', 'lines of dashes', 'quoted lines', 'base64 on one line'])(
    '50 MB of %s are a mail',
    async (name) => {
      expect(await reader.read(worst(name))).toMatchObject({ kind: 'mail' });
    },
  );

  test.each([
    ['folds', 'its header is larger than 8 MB'],
    ['fields', 'its header is larger than 8 MB'],
  ])('50 MB of %s are none', async (name, why) => {
    expect(await reader.read(worst(name))).toMatchObject({ kind: 'unreadable', why });
  });

  test('a header of 250,001 lines is none', async () => {
    const header = `X:${'\r\n x'.repeat(250_000)}\r\n\r\n`;
    const why = 'its header has more than 250,000 lines';
    expect(await reader.read(mail(header))).toMatchObject({ kind: 'unreadable', why });
  });

  test.each([
    'signatures over one line',
    '20 signatures over spaces',
    'a signature over 80,000 folds',
  ])('who sent it can be asked of %s', async (name) => {
    const check = {
      receivedAt: '2026-11-24T14:06:00.000Z',
      address: WORST_SENDER,
      field: 'from',
      settings: { pinnedAuthservId: null, arcSealers: [] },
    } as const;
    const asked: string[] = [];
    const found = await reader.check(worst(name), check, zoneResolver({}, asked));
    expect(found).toMatchObject({ kind: 'evidence', evidence: { policy: 'none' } });
    expect(asked).toContain('TXT _dmarc.quayside.example');
  });
});

test('one process has read all this, in less than 500 MB', () => {
  const [pid, ...others] = readingChildrenOf();
  expect(others).toEqual([]);
  expect(peakMemoryMb(pid!)).toBeGreaterThan(50);
  expect(peakMemoryMb(pid!)).toBeLessThan(500);
});
