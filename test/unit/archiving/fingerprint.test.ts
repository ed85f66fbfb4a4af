import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../../src/archiving/fingerprint.ts';

const MAIL =
  'Received: one\r\nFrom: a@acme.example\r\nTo: b@acme.example\r\nSubject: Hello\r\n there\r\nDate: today\r\nMessage-ID: <1@acme.example>\r\n\r\nBody\r\nof two lines\r\n';

const of = (mail: string) => fingerprint(Buffer.from(mail, 'latin1'));

describe('the same mail', () => {
  test.each([
    ['with other Received lines', MAIL.replace('Received: one', 'Received: two\r\nReceived: one')],
    ['with a signature added', `DKIM-Signature: v=1\r\n${MAIL}`],
    ['with LF for CRLF', MAIL.replaceAll('\r\n', '\n')],
    ['with fields in another order', reordered()],
    ['with field names in capitals', MAIL.replace('Subject:', 'SUBJECT:')],
  ])('%s', (_name, other) => {
    expect(other).not.toBe(MAIL);
    expect(of(other)).toBe(of(MAIL));
  });

  test('whatever its line ends, also where a window of the calculation ends', () => {
    for (let length = 64 * 1024 - 3; length < 64 * 1024 + 3; length += 1) {
      const body = `${'x'.repeat(length)}\r\ny\r\n`;
      expect(of(`From: a\r\n\r\n${body}`)).toBe(of(`From: a\n\n${body.replaceAll('\r\n', '\n')}`));
    }
  });
});

describe('another mail', () => {
  test.each([
    ['another body', MAIL.replace('two', 'three')],
    ['a lone CR in the body', MAIL.replace('of two', 'of\rtwo')],
    ['another sender', MAIL.replace('From: a', 'From: c')],
    ['another Message-ID', MAIL.replace('<1@', '<2@')],
    ['a second From', MAIL.replace('To:', 'From: x\r\nTo:')],
    ['folded elsewhere', MAIL.replace('Hello\r\n there', 'Hello there')],
    ['a value moved to another field', MAIL.replace('To: b', 'Cc: b')],
    [
      'a header line moved to the body',
      MAIL.replace('Date: today\r\n', '').replace('Body', 'Date: today\r\nBody'),
    ],
  ])('%s', (_name, other) => {
    expect(other).not.toBe(MAIL);
    expect(of(other)).not.toBe(of(MAIL));
  });
});

test.each(['', '\r\n', 'no header at all', '\r\n\r\n'])('a fingerprint of %j too', (mail) => {
  expect(of(mail)).toMatch(/^[0-9a-f]{64}$/);
});

function reordered(): string {
  return MAIL.replace('Date: today\r\n', '').replace('From:', 'Date: today\r\nFrom:');
}
