import { describe, expect, test } from 'vitest';
import type { ParsedMail } from '../../../../src/archiving/parsed-mail.ts';
import { readMessage } from '../../../../src/inbound/reading/read-message.ts';
import { base64, file, html, mail, multipart, part, text } from './build.ts';
import { contentOf } from './slice-of.ts';

async function read(raw: Buffer): Promise<ParsedMail> {
  const result = await readMessage(raw);
  if (result.kind !== 'mail') throw new Error(`unreadable: ${result.why}`);
  return result.mail;
}

const PDF = Buffer.from(Array.from({ length: 700 }, (_, i) => (i * 7) % 256));

describe('text and HTML', () => {
  test.each([
    ['plain text', mail(text('Hello')), 'Hello', null],
    ['no MIME at all', mail('\r\nHello'), 'Hello', null],
    ['HTML alone gives text too', mail(html('<p>Hello</p>')), 'Hello', '<p>Hello</p>'],
    [
      'alternatives',
      mail(multipart('alternative', 'b', [text('Hello'), html('<p>Hi</p>')])),
      'Hello',
      '<p>Hi</p>',
    ],
    [
      'several text parts',
      mail(multipart('mixed', 'b', [text('One'), file('a.pdf', PDF), text('Two')])),
      'One\nTwo',
      null,
    ],
    [
      'ISO-8859-1 in quoted-printable',
      mail(
        part(
          'Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable',
          'Gr=FC=DFe',
        ),
      ),
      'Grüße',
      null,
    ],
    [
      'ISO-2022-JP',
      mail(part('Content-Type: text/plain; charset=iso-2022-jp', '\x1b$B$3$s\x1b(B')),
      'こん',
      null,
    ],
    [
      'UTF-8 in base64',
      mail(
        part(
          'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64',
          base64(Buffer.from('Grüße')),
        ),
      ),
      'Grüße',
      null,
    ],
    [
      'an unknown charset',
      mail(part('Content-Type: text/plain; charset=klingon-8', 'Hello')),
      'Hello',
      null,
    ],
    [
      'format=flowed',
      mail(part('Content-Type: text/plain; format=flowed', 'one \r\ntwo')),
      'one two',
      null,
    ],
    ['NUL', mail(text('He\0llo')), 'Hello', null],
    [
      'truncated base64',
      mail(part('Content-Type: text/plain\nContent-Transfer-Encoding: base64', 'SGVsbG8gd29ybG')),
      'Hello worl',
      null,
    ],
    [
      'an unclosed multipart',
      mail(part('Content-Type: multipart/mixed; boundary=b', '--b\r\n\r\nHello')),
      'Hello',
      null,
    ],
    [
      'a boundary that never comes',
      mail(part('Content-Type: multipart/mixed; boundary=b', 'Hello')),
      'Hello',
      null,
    ],
    [
      'a multipart without a boundary',
      mail(part('Content-Type: multipart/mixed', 'Hello')),
      'Hello',
      null,
    ],
    [
      'LF for CRLF',
      Buffer.from(
        mail(multipart('mixed', 'b', [text('Hello')]))
          .toString()
          .replaceAll('\r\n', '\n'),
      ),
      'Hello',
      null,
    ],
  ])('%s', async (_name, raw, expectedText, expectedHtml) => {
    const read_ = await read(raw);
    expect(read_.text.trim()).toBe(expectedText);
    expect(read_.html?.trim() ?? null).toBe(expectedHtml);
    expect(read_.textTruncated).toBe(false);
  });

  test("a list's footer beside HTML is in both", async () => {
    const raw = mail(multipart('mixed', 'b', [html('<p>Hello</p>'), text('footer')]));
    const { text: plain, html: page } = await read(raw);
    expect(plain).toContain('Hello');
    expect(plain).toContain('footer');
    expect(page).toContain('footer');
  });

  test('longer than 2 MB: cut, and said so', async () => {
    const long = await read(mail(text(Buffer.from('ü€'.repeat(1_000_000)).toString('latin1'))));
    expect(Buffer.byteLength(long.text)).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(long.text.length).toBeGreaterThan(600_000);
    expect(long.text.endsWith('\ufffd')).toBe(false);
    expect(long.textTruncated).toBe(true);
  });
});

describe('attachments', () => {
  test('as slices, with name, type and size', async () => {
    const image = part(
      'Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-ID: <logo@acme>',
      base64(PDF),
    );
    const raw = mail(
      multipart('mixed', 'b', [
        multipart('related', 'r', [html('<img src="cid:logo@acme">'), image]),
        file('a.pdf', PDF),
        part('Content-Type: text/csv; name=c.csv\nContent-Disposition: attachment', 'a;b'),
        part(
          'Content-Type: text/x; name=q\nContent-Transfer-Encoding: quoted-printable',
          'a=3D=\r\nb',
        ),
      ]),
    );
    const { attachments } = await read(raw);
    expect(attachments).toMatchObject([
      { partPath: '1.2', fileName: null, contentId: 'logo@acme', disposition: 'inline', size: 700 },
      {
        partPath: '2',
        fileName: 'a.pdf',
        contentType: 'application/pdf',
        disposition: 'attachment',
        size: 700,
      },
      { partPath: '3', fileName: 'c.csv', encoding: 'identity', size: 3 },
      { partPath: '4', fileName: 'q', encoding: 'quoted-printable', size: 3 },
    ]);
    const contents = attachments.map((attachment) => contentOf(raw, attachment).toString('latin1'));
    expect(contents).toEqual([PDF.toString('latin1'), PDF.toString('latin1'), 'a;b', 'a=b']);
  });

  test('the message can be one itself', async () => {
    const raw = mail(file('a.pdf', PDF));
    const { attachments, text: plain } = await read(raw);
    expect(attachments).toMatchObject([{ partPath: '1', fileName: 'a.pdf', size: 700 }]);
    expect(contentOf(raw, attachments[0]!)).toEqual(PDF);
    expect(plain).toBe('');
  });

  test.each([
    ['filename="../../etc/passwd"', '../../etc/passwd'],
    ["filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", 'Grüße.pdf'],
    ['filename="=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?="', 'Grüße.pdf'],
    ['filename="Gr\xc3\xbc\xc3\x9fe.pdf"', 'Grüße.pdf'],
    ["filename*0*=utf-8''a%0d%0a; filename*1=b.pdf", 'a b.pdf'],
    [`filename="${'x'.repeat(5_000)}"`, 'x'.repeat(1_000)],
    ['filename="a\0b"', 'ab'],
    ['filename="__proto__"', '__proto__'],
  ])('name %.40s', async (parameter, name) => {
    const raw = mail(
      multipart('mixed', 'b', [
        part(`Content-Type: x/y\nContent-Disposition: attachment; ${parameter}`, 'z'),
      ]),
    );
    expect((await read(raw)).attachments[0]?.fileName).toBe(name);
  });

  test.each([
    ['winmail.dat', 'application/ms-tnef'],
    ['smime.p7m', 'application/pkcs7-mime'],
    ['encrypted.asc', 'application/octet-stream'],
    ['invite.ics', 'text/calendar'],
    ['status.txt', 'message/delivery-status'],
  ])('%s stays closed', async (name, type) => {
    const { attachments } = await read(
      mail(multipart('mixed', 'b', [text('x'), file(name, PDF, type)])),
    );
    expect(attachments).toMatchObject([{ fileName: name, contentType: type, size: 700 }]);
  });
});

describe('attached mails', () => {
  const INNER = `From: Bob <bob@acme.example>\r\nSubject: Inner\r\n${multipart('mixed', 'in', [text('Inner text'), file('b.pdf', PDF)])}`;

  test.each([
    ['as message/rfc822', part('Content-Type: message/rfc822', INNER)],
    [
      'as an attachment',
      part('Content-Type: message/rfc822\nContent-Disposition: attachment', INNER),
    ],
    [
      'in base64',
      part(
        'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64',
        base64(Buffer.from(INNER)),
      ),
    ],
    ['as a file', file('mail.eml', Buffer.from(INNER), 'application/octet-stream')],
    [
      'in quoted-printable',
      part(
        'Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable',
        INNER.replaceAll('=', '=3D'),
      ),
    ],
  ])('%s', async (_name, entity) => {
    const raw = mail(multipart('mixed', 'b', [text('fyi'), entity]));
    const outer = await read(raw);
    expect(outer.text).toBe('fyi');
    expect(outer.attachments.map(({ partPath }) => partPath)).toEqual(['2']);
    const [inner] = outer.forwarded;
    expect(inner).toMatchObject({ partPath: '2', text: 'Inner text', forwarded: [] });
    expect([outer.mailsLeftOut, inner?.mailsLeftOut]).toEqual([0, 0]);
    expect(inner?.header).toMatchObject({
      subject: 'Inner',
      from: [{ address: 'bob@acme.example' }],
    });
    expect(inner?.attachments).toMatchObject([{ partPath: '2.2', fileName: 'b.pdf', size: 700 }]);
    expect(contentOf(raw, inner!.attachments[0]!)).toEqual(PDF);
  });

  test('several, also in a digest, which need not say what its parts are', async () => {
    const digest = multipart('digest', 'd', [part('', INNER), part('', INNER)]);
    const { forwarded } = await read(mail(multipart('mixed', 'b', [text('x'), digest])));
    expect(forwarded.map(({ partPath }) => partPath)).toEqual(['2.1', '2.2']);
  });

  test('those inside stay attachments of it', async () => {
    const middle = `From: m@acme.example\r\n${multipart('mixed', 'mid', [text('m'), part('Content-Type: message/rfc822', INNER)])}`;
    const { forwarded } = await read(
      mail(multipart('mixed', 'b', [part('Content-Type: message/rfc822', middle)])),
    );
    expect(forwarded).toMatchObject([
      {
        partPath: '1',
        text: 'm',
        attachments: [{ partPath: '1.2', contentType: 'message/rfc822' }],
      },
    ]);
    expect(forwarded[0]).toMatchObject({ forwarded: [], mailsLeftOut: 0 });
  });

  test.each([
    ['what is no mail', part('Content-Type: message/rfc822', 'just words'), 1],
    ['nothing', part('Content-Type: message/rfc822', ''), 1],
    [
      'a file that is named *.eml and is no mail',
      file('mail.eml', Buffer.from('just words'), 'application/octet-stream'),
      1,
    ],
    [
      'a file that is not named *.eml',
      file('mail.bin', Buffer.from(INNER), 'application/octet-stream'),
      0,
    ],
  ])('%s is an attachment only', async (_name, entity, leftOut) => {
    const outer = await read(mail(multipart('mixed', 'b', [text('x'), entity])));
    expect(outer).toMatchObject({ forwarded: [], mailsLeftOut: leftOut });
    expect(outer.attachments).toHaveLength(1);
  });

  const attached = (parts: number) =>
    part(
      'Content-Type: message/rfc822',
      `From: x@acme.example\r\n${multipart(
        'mixed',
        'in',
        Array.from({ length: parts }, () => text('x')),
      )}`,
    );
  test.each([
    ['1', [attached(1)], 1, 0],
    ['100', Array.from({ length: 100 }, () => attached(1)), 100, 0],
    ['105', Array.from({ length: 105 }, () => attached(1)), 100, 5],
    ['45 of 27 parts each', Array.from({ length: 45 }, () => attached(27)), 34, 11],
    ['one of 1,200 parts between two', [attached(1), attached(1_200), attached(1)], 2, 1],
    ['one of 1,200 parts', [attached(1_200)], 0, 1],
  ])('those left out are counted: %s', async (_name, mails, readable, leftOut) => {
    const outer = await read(mail(multipart('mixed', 'b', [text('fyi'), ...mails])));
    expect([outer.forwarded.length, outer.mailsLeftOut]).toEqual([readable, leftOut]);
    expect(outer.attachments).toHaveLength(mails.length);
  });

  test('the mail that a delivery report returns was forwarded by nobody', async () => {
    const raw = mail(
      multipart('report', 'b', [text('failed'), part('Content-Type: message/rfc822', INNER)]),
    );
    expect(await read(raw)).toMatchObject({ forwarded: [], mailsLeftOut: 0 });
  });
});

describe('what cannot be read', () => {
  const nested = (depth: number): string =>
    depth === 0 ? text('core') : multipart('mixed', `b${depth}`, [nested(depth - 1)]);

  test.each([
    ['nothing', Buffer.alloc(0), 'no header'],
    ['an empty header', Buffer.from('\r\nbody'), 'no header'],
    ['no header', Buffer.from('just words\r\n\r\nmore words'), 'no header'],
    ['multiparts nested 300 deep', mail(nested(300)), 'nested'],
    [
      '1,100 parts',
      mail(
        multipart(
          'mixed',
          'b',
          Array.from({ length: 1_100 }, () => text('x')),
        ),
      ),
      'parts',
    ],
    ['a header of 9 MB', mail(text('x'), `X: ${'y'.repeat(9 * 1024 * 1024)}`), 'header'],
    [
      'a part with a header of 2 MB',
      mail(multipart('mixed', 'b', [part(`X: ${'y'.repeat(2 * 1024 * 1024)}`, 'x')])),
      'header',
    ],
  ])('%s', async (_name, raw, why) => {
    const result = await readMessage(raw);
    expect(result.kind).toBe('unreadable');
    expect(result.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    if (result.kind !== 'unreadable') return;
    expect(result.why).toContain(why);
    const subject = raw.toString('latin1').startsWith('From:') ? 'Test' : undefined;
    expect(result.header?.subject).toBe(subject);
    expect(result.header?.from.map(({ address }) => address)).toEqual(
      subject === undefined ? undefined : ['jane@acme.example'],
    );
  });

  test('multiparts nested 100 deep can', async () => {
    expect((await read(mail(nested(100)))).text).toBe('core');
  });

  test('an attached mail that cannot is an attachment only', async () => {
    const inner = `From: a@acme.example\r\n${nested(300)}`;
    const outer = await read(
      mail(multipart('mixed', 'b', [part('Content-Type: message/rfc822', inner)])),
    );
    expect(outer).toMatchObject({ forwarded: [], mailsLeftOut: 1 });
    expect(outer.attachments).toHaveLength(1);
  });
});
