import { expect, test } from 'vitest';
import { MAX_CHUNK } from '../../../../src/inbound/reading/frames.ts';
import { SpareMemory } from '../../../../src/inbound/reading/spare-memory.ts';

test('those that are there at once stand beside each other, and their memory is used again after the last', () => {
  const spare = new SpareMemory();
  const first = spare.take(10).fill(1);
  const second = spare.take(5).fill(2);
  expect(second.buffer).toBe(first.buffer);
  expect([...first, ...second]).toEqual([
    ...Array<number>(10).fill(1),
    ...Array<number>(5).fill(2),
  ]);
  spare.giveBack(first);
  const third = spare.take(10).fill(3);
  expect([...second]).toEqual(Array<number>(5).fill(2));
  spare.giveBack(third);
  spare.giveBack(second);
  const whole = spare.take(MAX_CHUNK);
  expect(whole.buffer).toBe(first.buffer);
  expect(whole).toHaveLength(MAX_CHUNK);
});

test('what does not fit has memory of its own', () => {
  const spare = new SpareMemory();
  const first = spare.take(10);
  const beside = spare.take(MAX_CHUNK - 9);
  expect(beside).toHaveLength(MAX_CHUNK - 9);
  expect(beside.buffer).not.toBe(first.buffer);
  spare.giveBack(beside);
  spare.giveBack(first);
  const large = spare.take(MAX_CHUNK + 1);
  expect(large).toHaveLength(MAX_CHUNK + 1);
  spare.giveBack(large);
  expect(spare.take(5).buffer).toBe(first.buffer);
});
