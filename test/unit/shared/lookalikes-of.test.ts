import { expect, test } from 'vitest';
import { lookalikesOf } from '../../../src/shared/lookalikes-of.ts';

test.each([
  ['paypa1.test', 'paypal.test'],
  ['pay-ro11.test', 'pay-roll.test'],
  ['acrne.test', 'acme.test'],
  ['modem.test', 'modern.test'],
  ['vvood.test', 'wood.test'],
  ['harb0ur.test', 'harbour.test'],
  ['harbour.test', 'harb0ur.test'],
])('%s may be taken for %s', (text, other) => {
  expect(lookalikesOf(text)).toContain(other);
});

test('begins with the text itself, and has each once', () => {
  const found = lookalikesOf('lo1.test');
  expect(found[0]).toBe('lo1.test');
  expect(new Set(found).size).toBe(found.length);
});

test.each(['l'.repeat(80), 'm'.repeat(80), 'rn0vv1'.repeat(13)])(
  'are not too many to be looked up',
  (text) => {
    expect(lookalikesOf(text)).toHaveLength(150);
  },
);

test('a text that is too long has none: a million places would be a terabyte of texts', () => {
  const long = 'l'.repeat(1_000_000);
  expect(lookalikesOf(long)).toEqual([long]);
});

test('a plain text has none but itself', () => {
  expect(lookalikesOf('bank.test')).toEqual(['bank.test']);
});
