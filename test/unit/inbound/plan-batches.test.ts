import { describe, expect, test } from 'vitest';
import type { MessageSummary } from '../../../src/imap/mailbox.ts';
import { planBatches } from '../../../src/inbound/plan-batches.ts';

const LARGE = 1024 * 1024;

function messages(sizes: readonly number[]): MessageSummary[] {
  return sizes.map((size, index) => ({ uid: index + 1, size, internalDate: null }));
}

/** UIDs by batch; those that come alone stand without a list. */
function shape(
  sizes: readonly number[],
  suspects: readonly number[] = [],
  large = LARGE,
): (number | number[])[] {
  return planBatches(messages(sizes), new Set(suspects), large).map((batch) =>
    batch.kind === 'alone' ? batch.message.uid : batch.messages.map((message) => message.uid),
  );
}

describe('planBatches', () => {
  test.each([
    ['nothing for no messages', [], [], []],
    ['small ones together', [10, 20, 30], [], [[1, 2, 3]]],
    ['one of exactly the limit with others', [10, LARGE], [], [[1, 2]]],
    ['a large one alone, after the others', [10, LARGE + 1, 10], [], [[1, 3], 2]],
    ['one of unknown size alone', [10, 0, 10], [], [[1, 3], 2]],
    ['a suspect alone', [10, 10, 10], [3], [[1, 2], 3]],
    [
      'small ones before those with big files',
      [2 * LARGE, 10, 2 * LARGE, 20],
      [],
      [[2, 4, 1], [3]],
      3 * LARGE,
    ],
    ['at most 4 MB together', [LARGE, LARGE, LARGE, LARGE, 1], [], [[1, 2, 3, 4], [5]]],
  ])('gives %s', (_name, sizes, suspects, expected, large = LARGE) => {
    expect(shape(sizes, suspects, large)).toEqual(expected);
  });

  test('at most 100 together, each message once', () => {
    const batches = shape(Array.from({ length: 240 }, () => 100)) as number[][];
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 40]);
    expect(new Set(batches.flat()).size).toBe(240);
  });

  test('in order of their UIDs, whatever the server said first', () => {
    const [one, two, three] = messages([1, 1, 1]);
    if (!one || !two || !three) throw new Error('unreachable');
    expect(planBatches([three, one, two], new Set(), LARGE)).toEqual([
      { kind: 'together', messages: [one, two, three] },
    ]);
  });
});
