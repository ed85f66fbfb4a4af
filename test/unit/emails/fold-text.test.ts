import { describe, expect, test } from 'vitest';
import { foldText } from '../../../src/emails/fold-text.ts';

const ATTRIBUTION = 'On Tue, 24 Nov 2026 at 15:06, Jane Roe <jane@acme.example> wrote:';
const HEADER = [
  'From: Jane Roe <jane@acme.example>',
  'Sent: Tuesday, 24 November 2026 15:06',
  'To: Dana Kim <dana@quayside.example>',
  'Subject: Chairs',
];
const lines = (count: number, before = '') =>
  Array.from({ length: count }, (_one, at) => `${before}Line ${at + 1} of it`);
const quoted = lines(8, '> ');

/** What is folded away, and the whole put together again. */
function fold(text: readonly string[], forwarded = false) {
  const parts = foldText(text.join('\n'), forwarded);
  const folded = parts.filter((part) => part.quoted).map((part) => part.lines);
  return { folded, whole: parts.flatMap((part) => part.lines) };
}

describe('what a text quotes is folded away', () => {
  test.each<[string, string[], string[][]]>([
    ['below an answer', ['Yes.', '', ATTRIBUTION, ...quoted], [quoted]],
    ['above an answer', [ATTRIBUTION, ...quoted, '', 'Yes.'], [quoted]],
    [
      'with empty lines in it',
      ['Yes.', ...quoted, '', '> more', 'No.'],
      [[...quoted, '', '> more']],
    ],
    ['twice', ['Yes.', ...quoted, 'No.', ...lines(6, '>> ')], [quoted, lines(6, '>> ')]],
    [
      'below Original Message',
      ['Yes.', '', '-----Original Message-----', ...HEADER, '', ...lines(5)],
      [['-----Original Message-----', ...HEADER, '', ...lines(5)]],
    ],
    [
      'below a rule',
      ['Yes.', '________________________________', ...HEADER, '', ...lines(5)],
      [['________________________________', ...HEADER, '', ...lines(5)]],
    ],
    [
      'below a bare header',
      ['Yes.', '', ...HEADER, '', ...lines(5)],
      [[...HEADER, '', ...lines(5)]],
    ],
    [
      'without any sign before its lines',
      ['Yes.', ATTRIBUTION, '', ...lines(6)],
      [['', ...lines(6)]],
    ],
    [
      'below a forwarded mail',
      ['FYI', '---------- Forwarded message ---------', ...HEADER, '', 'Told by Jane.', ...quoted],
      [quoted],
    ],
  ])('%s', (_where, text, expected) => {
    const { folded, whole } = fold(text);
    expect(folded).toEqual(expected);
    expect(whole).toEqual(text);
  });
});

describe('what is told stays open', () => {
  test.each<[string, string[]]>([
    [
      'a forwarded mail',
      ['FYI', '', '---------- Forwarded message ---------', ...HEADER, '', ...lines(30)],
    ],
    [
      'one that its program quotes',
      [
        'FYI',
        '',
        '> Begin forwarded message:',
        '>',
        ...HEADER.map((line) => `> ${line}`),
        '>',
        ...lines(30, '> '),
      ],
    ],
    ['a mail that is nothing but a quote', quoted],
    ['nothing but a quote and what leads to it', ['', ATTRIBUTION, ...quoted]],
    ['nothing but a quote and a signature', [...quoted, '', '-- ', 'Jane Roe', 'Acme']],
    ['nothing but Original Message', ['-----Original Message-----', ...HEADER, '', ...lines(5)]],
    ['a question of a few lines', ['> When?', '> And where?', 'On Monday, here.']],
    ['a tale of what somebody wrote', ['Peter wrote:', ...lines(9)]],
    ['the way of a container', ['From: Gdansk', 'Date: Monday', 'To: Rotterdam', '', ...lines(9)]],
  ])('%s', (_what, text) => {
    expect(fold(text)).toEqual({ folded: [], whole: text });
  });

  test('the first header of a forward, but not what the forwarded mail quotes', () => {
    const older = ['-----Original Message-----', ...HEADER, '', ...lines(9)];
    const text = ['FYI', '', ...HEADER, '', 'Told by Jane.', '', ...older];
    expect(fold(text, true)).toEqual({ folded: [older], whole: text });
  });
});

test('a hostile text takes no time', () => {
  const text = `Yes.\n${'From: a@b.example\nDate: 1.1.2026 10:00\nTo:\n,\n'.repeat(20_000)}${'> '.repeat(100_000)}`;
  expect(foldText(text, true).flatMap((part) => part.lines)).toEqual(text.split('\n'));
});
