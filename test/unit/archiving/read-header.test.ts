import { describe, expect, test } from 'vitest';
import { readHeader } from '../../../src/archiving/read-header.ts';

function read(lines: string | Buffer) {
  return readHeader(Buffer.isBuffer(lines) ? lines : Buffer.from(lines.replace(/\n/g, '\r\n')));
}

describe('From lines', () => {
  test.each([
    ['one', 'From: a@acme.example\n\n', 1, 1],
    ['none', 'To: a@acme.example\n\n', 0, 0],
    ['two', 'From: a@acme.example\nSubject: x\nFrom: b@acme.example\n\n', 2, 2],
    [
      'two, one with a space before the colon',
      'From: a@acme.example\nFrom : b@acme.example\n\n',
      2,
      2,
    ],
    ['two, one in capitals', 'From: a@acme.example\nFROM:b@acme.example\n\n', 2, 2],
    ['two, the colon of one folded', 'From: a@acme.example\nFrom\n : b@acme.example\n\n', 2, 2],
    ['one, folded', 'From: Jane\n <a@acme.example>\n\n', 1, 1],
    ['one that names two', 'From: a@acme.example, b@acme.example\n\n', 1, 2],
    [
      'a line of an mbox',
      'From a@acme.example Tue Jul  1 10:00:00 2025\nFrom: b@acme.example\n\n',
      1,
      1,
    ],
    ['another field', 'From: a@acme.example\nX-From: b@acme.example\n\n', 1, 1],
    ['a folded lookalike', 'From: a@acme.example\nSubject: x\n From: b@acme.example\n\n', 1, 1],
  ])('%s', (_name, header, lines, mailboxes) => {
    expect(read(header)).toMatchObject({ fromLines: lines, fromMailboxes: mailboxes });
  });

  test('one behind a bare CR is counted, as some programs see it', () => {
    const header = Buffer.from('Subject: x\rFrom: b@acme.example\r\nFrom: a@acme.example\r\n\r\n');
    expect(read(header).fromLines).toBe(2);
  });

  test('all addresses of all of them are read', () => {
    const { from } = read('From: a@acme.example\nFrom: b@acme.example\n\n');
    expect(from.map(({ address }) => address)).toEqual(['a@acme.example', 'b@acme.example']);
  });
});

describe('characters', () => {
  test.each([
    ['an encoded-word', 'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\n', 'Grüße'],
    [
      'split encoded-words',
      'Subject: =?utf-8?Q?Gr=C3?=\r\n =?utf-8?Q?=BC=C3=9Fe?=\r\n\r\n',
      'Grüße',
    ],
    ['raw UTF-8', Buffer.from('Subject: Grüße\r\n\r\n', 'utf8'), 'Grüße'],
    ['raw ISO-8859-1', Buffer.from('Subject: Grüße\r\n\r\n', 'latin1'), 'Grüße'],
    ['an unknown charset', 'Subject: =?x-unknown?Q?abc?=\r\n\r\n', 'abc'],
    ['a broken encoded-word', 'Subject: =?utf-8?Q?abc\r\n\r\n', '=?utf-8?Q?abc'],
    ['NUL, also encoded', 'Subject: a\0b=?utf-8?Q?=00?= =?utf-8?Q?c=00d?=\r\n\r\n', 'abcd'],
    ['folding', 'Subject: one\r\n  two\r\n\tthree\r\n\r\n', 'one two three'],
    ['LF alone', 'To: x@acme.example\nSubject: one\n two\n\n', 'one two'],
  ])('%s', (_name, header, subject) => {
    const result = readHeader(Buffer.isBuffer(header) ? header : Buffer.from(header, 'latin1'));
    expect(result.subject.replace(/\s/g, '')).toBe(subject.replace(/\s/g, ''));
    expect(result.subject.isWellFormed()).toBe(true);
  });
});

describe('other fields', () => {
  test('addresses of every kind', () => {
    const header = read(
      'To: a@acme.example\nTo: b@acme.example\nCc: c@acme.example\nBcc: d@acme.example\nReply-To: e@acme.example\nSender: f@acme.example\nResent-From: g@acme.example\n\n',
    );
    const addresses = (list: readonly { address: string }[]) => list.map(({ address }) => address);
    expect(addresses(header.to)).toEqual(['a@acme.example', 'b@acme.example']);
    expect(addresses(header.cc)).toEqual(['c@acme.example']);
    expect(addresses(header.bcc)).toEqual(['d@acme.example']);
    expect(addresses(header.replyTo)).toEqual(['e@acme.example']);
    expect(addresses(header.sender)).toEqual(['f@acme.example']);
    expect(addresses(header.resentFrom)).toEqual(['g@acme.example']);
  });

  test('the address limit holds for all fields together', () => {
    const many = (name: string) => `${name}: ${'x@acme.example, '.repeat(60)}y@acme.example\n`;
    const header = readHeader(
      Buffer.from(`From: a@acme.example\n${many('To')}${many('Cc')}\n`),
      100,
    );
    expect(header.from.length + header.to.length + header.cc.length).toBe(100);
  });

  test('Message-ID: as received, at most 998 characters, the topmost', () => {
    expect(read('Message-ID: <a@b>\nMessage-ID: <c@d>\n\n').messageId).toBe('<a@b>');
    expect(read('Message-ID:\n <a@b>\n\n').messageId).toBe('<a@b>');
    expect(read(`Message-ID: <${'x'.repeat(10_000)}@b>\n\n`).messageId).toHaveLength(998);
    expect(read('Message-ID: <a\0@b>\n\n').messageId).toBe('<a@b>');
    expect(read('Message-ID:\n\n').messageId).toBeNull();
    expect(read('To: x@acme.example\n\n').messageId).toBeNull();
  });

  test('References: of too many the first and the last', () => {
    const ids = Array.from({ length: 300 }, (_, i) => `<${i}@acme.example>`);
    const { references } = read(`References: ${ids.join('\n ')}\n\n`);
    expect(references).toHaveLength(100);
    expect(references[0]).toBe('<0@acme.example>');
    expect(references.slice(1)).toEqual(ids.slice(-99));
  });

  test('Date: missing, garbage, good', () => {
    expect(read('To: x@acme.example\n\n')).toMatchObject({ dateRaw: null, date: null });
    expect(read('Date: soon\n\n')).toMatchObject({ dateRaw: 'soon', date: null });
    expect(read('Date: Tue, 1 Jul 2025 10:00:00 +0000\n\n').date).toBe('2025-07-01T10:00:00.000Z');
  });

  test('fields that steps judge by are kept in order, others not', () => {
    const { fields } = read(
      'Authentication-Results: mx; dkim=pass\nReceived: x\nauthentication-results: mx;\n\tdkim=fail\nPrecedence: bulk\n\n',
    );
    expect(fields).toEqual([
      { name: 'authentication-results', value: 'mx; dkim=pass' },
      { name: 'authentication-results', value: 'mx; dkim=fail' },
      { name: 'precedence', value: 'bulk' },
    ]);
  });
});
