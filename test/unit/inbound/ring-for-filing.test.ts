import { expect, test } from 'vitest';
import { planJobs } from '../../../src/inbound/ring-for-filing.ts';

const MB = 1024 * 1024;

/** Jobs for messages of these sizes in MB, numbered from 1; a negative one has failed before. */
function jobs(...sizes: number[]): (number | number[])[] {
  const messages = sizes.map((size, index) => ({
    ...{ id: index + 1, size: Math.abs(size) * MB, failures: size < 0 ? 1 : 0 },
  }));
  return planJobs(messages).map(({ lane, ids }) => (lane === 'file' ? ids : (ids[0] ?? 0)));
}

test.each([
  ['small ones together', [0.1, 0.1, 0.1], [[1, 2, 3]]],
  [
    'a big one by itself in the second lane, and those after it with those before',
    [0.1, 4, 0.1],
    [[1, 3], 2],
  ],
  ['small ones before those with big files', [2, 0.1, 1.5, 0.2], [[2, 4, 1, 3]]],
  [
    'so that they are not in the second job',
    [2, 2, 2, 0.1],
    [
      [4, 1],
      [2, 3],
    ],
  ],
  ['one that failed goes there, too', [0.1, -0.1], [[1], 2]],
  ['exactly the limit is small', [3.5, 3.5001], [[1], 2]],
  ['no more bytes than a job may hold', [1, 1, 1, 1, 1], [[1, 2, 3, 4], [5]]],
  ['nothing for nothing', [], []],
])('%s', (_name, sizes, expected) => {
  expect(jobs(...sizes)).toEqual(expected);
});

test('no more messages than a job may hold', () => {
  expect(jobs(...Array.from({ length: 240 }, () => 0.001))).toMatchObject([
    { length: 100 },
    { length: 100 },
    { length: 40 },
  ]);
});

test('a hundred of the worst stand in no normal one’s way', () => {
  const queued = planJobs([
    ...Array.from({ length: 100 }, (_, id) => ({ id, size: 50 * MB, failures: 0 })),
    { id: 1000, size: 5_000, failures: 0 },
  ]);
  expect(queued.filter(({ lane }) => lane === 'file')).toEqual([{ lane: 'file', ids: [1000] }]);
});
