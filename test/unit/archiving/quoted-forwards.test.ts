import { describe, expect, test } from 'vitest';
import { readForward } from '../../../src/archiving/read-forward.ts';

const HEADER = [
  '> Von: Jane Roe <jane@acme.example>',
  '> Gesendet: Montag, 3. März 2025 10:15',
  '> An: Dana <dana@house.example>',
  '> Betreff: Angebot',
  '>',
  '> Guten Tag',
  '>> Ella, gestern',
];

function read(...lines: string[]) {
  return readForward({ text: lines.join('\n'), html: null });
}

describe('a mail that is quoted line by line', () => {
  test.each([
    ['with nothing above it', []],
    ['with a remark', ['Bitte ablegen.', '']],
    [
      'with a line that announces it',
      ['Bitte ablegen.', '', '> -----Ursprüngliche Nachricht-----'],
    ],
    [
      'with such a line, not quoted',
      ['Bitte ablegen.', '', '----- Forwarded message from Jane -----', ''],
    ],
    ['with a line that nobody knows', ['Bitte ablegen.', '', '> Hier kommt sie:', '>']],
  ])('is found %s', (_how, above) => {
    expect(read(...above, ...HEADER)).toMatchObject({
      kind: 'found',
      block: {
        from: { address: 'jane@acme.example', name: 'Jane Roe' },
        to: [{ address: 'dana@house.example', name: 'Dana' }],
        subject: 'Angebot',
        body: 'Guten Tag\n> Ella, gestern',
        remark: above.length > 0 ? 'Bitte ablegen.' : '',
      },
    });
  });

  test.each([
    ['a line that ends in a colon', ['Jane antwortet dir:', '']],
    ['a line that tells a moment', ['Jane Roe, 3.3.2025 10:15', '']],
    ['the beginning of an answer', ['Am 3.3.2025 schrieb Jane Roe:', '']],
    ['other words in the quote', ['> Guten Tag,', '>']],
    ['a line in the quote that no empty one follows', ['> Hier kommt sie:']],
    ['a deeper quote', ['>> Guten Tag', '>']],
  ])('is not the one that was forwarded below %s', (_what, above) => {
    expect(read(...above, ...HEADER).kind).not.toBe('found');
  });

  test('is not found without a date, for anybody may quote a line or two', () => {
    expect(read(...HEADER.filter((line) => !line.includes('Gesendet'))).kind).toBe('none');
  });
});
