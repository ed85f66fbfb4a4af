import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText } from '../../../src/shared/clean-text.ts';

describe('cleanText', () => {
  test.each([
    ['NUL', 'a\0b', 'ab'],
    ['other control characters', 'a\u0001\u001b\u007f\u0085b', 'ab'],
    ['line ends, tabs and form feeds, which stay', 'a\r\n\tb\f', 'a\r\n\tb\f'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['a pair of surrogates, which stays', 'a😀b', 'a😀b'],
  ])('%s', (_name, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  test('never halves a character', () => {
    expect(cleanText('ab😀', 3)).toBe('ab');
    expect(cleanText('ab😀', 4)).toBe('ab😀');
  });
});

test('cleanLine makes one line of it', () => {
  expect(cleanLine(' a\r\n b\t\0c ')).toBe('a b c');
  expect(cleanLine('abc def', 4)).toBe('abc');
});
