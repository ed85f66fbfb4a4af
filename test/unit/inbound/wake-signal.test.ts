import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createWakeSignal } from '../../../src/inbound/wake-signal.ts';

const untilWoken = async (signal: AbortSignal) => {
  if (!signal.aborted) await once(signal, 'abort');
};

test('waking ends the wait', async () => {
  const wakeSignal = createWakeSignal();
  const waiting = wakeSignal.during(untilWoken);
  wakeSignal.wake();
  await waiting;
});

test('a call that came before the wait keeps it from beginning, once', async () => {
  const wakeSignal = createWakeSignal();
  wakeSignal.wake();
  wakeSignal.wake();
  let waits = 0;
  const wait = async () => void (waits += 1);
  await wakeSignal.during(wait);
  expect(waits).toBe(0);
  await wakeSignal.during(wait);
  expect(waits).toBe(1);
});

test('the call that ended one wait does not end the next', async () => {
  const wakeSignal = createWakeSignal();
  const first = wakeSignal.during(untilWoken);
  wakeSignal.wake();
  await first;
  let aborted: boolean | null = null;
  await wakeSignal.during(async (signal) => void (aborted = signal.aborted));
  expect(aborted).toBe(false);
});

test('after a wait that failed the next one is a wait again', async () => {
  const wakeSignal = createWakeSignal();
  const failing = wakeSignal.during(() => Promise.reject(new Error('the connection is gone')));
  await expect(failing).rejects.toThrow('the connection is gone');
  const waiting = wakeSignal.during(untilWoken);
  wakeSignal.wake();
  await waiting;
});
