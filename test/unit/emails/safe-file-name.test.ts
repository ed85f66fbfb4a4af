import { expect, test } from 'vitest';
import { attachmentDisposition, safeFileName } from '../../../src/emails/safe-file-name.ts';
import { safeType } from '../../../src/emails/safe-type.ts';

test.each([
  ['Offer 2026.pdf', 'Offer 2026.pdf'],
  ['Angebot für Stühle.pdf', 'Angebot für Stühle.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\cmd.exe', 'cmd.exe'],
  ['C:\\x.txt', 'x.txt'],
  ['a\0b\r\nSet-Cookie: x', 'ab Set-Cookie_ x'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\u200b.pdf', 'a.pdf'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['console.txt', 'console.txt'],
  ['.htaccess', 'htaccess'],
  ['name...', 'name'],
  ['-rf', 'rf'],
  ['a<b>"c|?*.pdf', 'a_b__c___.pdf'],
  ['__proto__', '__proto__'],
  ['..', 'attachment'],
  ['', 'attachment'],
  [null, 'attachment'],
])('%j is saved as %j', (raw, saved) => {
  expect(safeFileName(raw, 'attachment')).toBe(saved);
});

test('a name of any length fits, with its extension', () => {
  expect(safeFileName(`${'x'.repeat(5_000)}.pdf`, '')).toBe(`${'x'.repeat(146)}.pdf`);
  expect(Buffer.byteLength(safeFileName(`${'椅'.repeat(500)}.pdf`, ''))).toBeLessThanOrEqual(150);
});

test('it is said in a header that nothing can be added to', () => {
  expect(attachmentDisposition(`a"b\\c%20'ü*.pdf`)).toBe(
    `attachment; filename="a_b_c_20'_*.pdf"; filename*=UTF-8''a%22b%5Cc%2520%27%C3%BC%2A.pdf`,
  );
});

test.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', 'x/y', '__proto__'])(
  '%s is bytes',
  (type) => {
    expect(safeType(type)).toBe('application/octet-stream');
  },
);
