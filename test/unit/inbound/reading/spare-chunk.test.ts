import { expect, test } from 'vitest';
import { MAX_CHUNK } from '../../../../src/inbound/reading/frames.ts';
import { SpareChunk } from '../../../../src/inbound/reading/spare-chunk.ts';

test('memory is used again once it was given back, and by one at a time', () => {
  const spare = new SpareChunk();
  const first = spare.take(10).fill(1);
  const second = spare.take(10).fill(2);
  expect(second.buffer).not.toBe(first.buffer);
  expect([first.length, ...first]).toEqual([10, ...Array<number>(10).fill(1)]);
  spare.giveBack(second);
  expect(spare.take(10).buffer).not.toBe(first.buffer);
  spare.giveBack(first);
  const third = spare.take(MAX_CHUNK);
  expect(third.buffer).toBe(first.buffer);
  expect(third).toHaveLength(MAX_CHUNK);
});

test('what is larger than a chunk has memory of its own', () => {
  const spare = new SpareChunk();
  const large = spare.take(MAX_CHUNK + 1);
  expect(large).toHaveLength(MAX_CHUNK + 1);
  spare.giveBack(large);
  expect(spare.take(5).buffer).not.toBe(large.buffer);
});
