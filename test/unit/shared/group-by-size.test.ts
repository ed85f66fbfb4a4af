import { expect, test } from 'vitest';
import { groupBySize } from '../../../src/shared/group-by-size.ts';

test.each([
  ['nothing', [], []],
  ['all that fits', [3, 4, 3], [[3, 4, 3]]],
  ['too many bytes', [3, 4, 4, 7], [[3, 4], [4], [7]]],
  ['too many of them', [1, 1, 1, 1], [[1, 1, 1], [1]]],
  ['one that is too large', [1, 11, 1], [[1], [11], [1]]],
  ['empty ones', [0, 0, 0, 0], [[0, 0, 0], [0]]],
])('%s', (_name, sizes, groups) => {
  expect(groupBySize(sizes, (size) => size, { most: 3, bytes: 10 })).toEqual(groups);
});
