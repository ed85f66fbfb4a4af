import { expect, test } from 'vitest';
import { MAX_CHUNK } from '../../../../src/inbound/reading/frames.ts';
import { SpareChunks } from '../../../../src/inbound/reading/spare-chunks.ts';

test('a chunk uses the memory of one that was given back, and of no other', () => {
  const spare = new SpareChunks();
  const [first, second] = [spare.take(10), spare.take(MAX_CHUNK)];
  expect(second.buffer).not.toBe(first.buffer);
  spare.giveBack(first);
  const third = spare.take(20);
  expect(third).toHaveLength(20);
  expect(third.buffer).toBe(first.buffer);
  expect(spare.take(20).buffer).not.toBe(first.buffer);
});

test('few are kept, and none that is larger', () => {
  const spare = new SpareChunks();
  const taken = Array.from({ length: 9 }, () => spare.take(1));
  for (const chunk of [...taken, spare.take(MAX_CHUNK + 1)]) spare.giveBack(chunk);
  const again = Array.from({ length: 9 }, () => spare.take(1).buffer);
  const reused = again.filter((buffer) => taken.some((chunk) => chunk.buffer === buffer));
  expect(reused).toHaveLength(4);
});
