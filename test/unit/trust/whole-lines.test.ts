import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wholeLines } from '../../../src/trust/whole-lines.ts';

const joined = (raw: Buffer) => Buffer.concat([...wholeLines(raw)]);

describe('a message in whole lines', () => {
  test.each([
    ['', ''],
    ['a', 'a'],
    ['a\nb', 'a\r\nb'],
    ['\n\n', '\r\n\r\n'],
    ['a\r\n\nb\r', 'a\r\n\r\nb\r'],
    ['a\rb\r\n', 'a\rb\r\n'],
  ])('%j becomes %j', (raw, expected) => {
    expect(joined(Buffer.from(raw)).toString()).toBe(expected);
  });

  test('each line end is CRLF, and all other bytes stay', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\r', '\n') }), (text) => {
        expect(joined(Buffer.from(text)).toString()).toBe(text.replace(/(?<!\r)\n/g, '\r\n'));
      }),
    );
  });

  test('pieces of a large one end with a line, one that never ends is one piece', () => {
    const lines = Buffer.from('x'.repeat(99).concat('\n').repeat(30_000));
    const pieces = [...wholeLines(lines)];
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.filter((piece) => !piece.subarray(-2).equals(Buffer.from('\r\n')))).toEqual([]);
    expect(Buffer.concat(pieces)).toHaveLength(30_000 * 101);
    expect([...wholeLines(Buffer.alloc(3_000_000, 'x'))]).toHaveLength(1);
  });
});
