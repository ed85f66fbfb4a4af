import { expect, test } from 'vitest';
import { foldText } from '../../../src/emails/fold-text.ts';
import { readQuotedHeader } from '../../../src/emails/quoted-words.ts';

const HEAD = [
  'From: Jane <jane@acme.example>',
  'Date: 3 May 2026, 10:15',
  'Subject: Offer',
  'To: @,',
];

test('of a header without end its first lines are looked at, and no more', () => {
  const lines = [...HEAD, ...Array.from({ length: 33_000 }, () => '@,')];
  let looks = 0;
  const watched = new Proxy(lines, {
    get(target, key, receiver) {
      if (/^\d+$/.test(String(key))) looks += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  expect(readQuotedHeader(watched, 0)).toMatchObject({ at: 0, end: 200, kind: 'answered' });
  expect(looks).toBeGreaterThan(HEAD.length);
  expect(looks).toBeLessThan(1_000);
});

/** A minute and more, where each line is looked at with all before it, or each stroke with each other. */
test.each([
  ['recipients', '@,\n'.repeat(1_000_000)],
  ['strokes up to a sign that ends a line', `${'-'.repeat(1_000_000)}\u2028.`],
  ['strokes above "wrote:"', `${'-'.repeat(290)} wrote:\n`.repeat(5_000)],
])('a megabyte of %s is folded', (_name, rest) => {
  const text = `My words.\n${HEAD.join('\n')}\n${rest}`;
  for (const forwarded of [true, false]) {
    const parts = foldText(text, forwarded);
    expect(parts.flatMap(({ lines }) => lines).join('\n')).toBe(text);
  }
});
