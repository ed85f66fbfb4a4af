import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withinDeadline } from '../../../src/imap/deadline.ts';

const LIMITS = { baseMs: 1000, bytesPerSecond: 100, maxMs: 10_000 };

/** A connection whose bytes the test counts. */
function connection() {
  return { bytes: 0, cuts: 0, received: () => state.bytes, cut: () => void (state.cuts += 1) };
}
let state = connection();

describe('withinDeadline', () => {
  beforeEach(() => {
    state = connection();
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it('hands on what the work gives, in time or at once', async () => {
    expect(await withinDeadline('X', Promise.resolve(7), state, LIMITS)).toBe(7);
    const failing = withinDeadline('X', Promise.reject(new Error('no')), state, LIMITS);
    await expect(failing).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.cuts).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('cuts the connection when the time is over', async () => {
    const outcome = settled(withinDeadline('SEARCH', never(), state, LIMITS));
    await vi.advanceTimersByTimeAsync(999);
    expect(state.cuts).toBe(0);
    await vi.advanceTimersByTimeAsync(2);
    expect(state.cuts).toBe(1);
    expect(await outcome).toMatchObject({ code: 'timed-out' });
    expect(String(await outcome)).toContain('SEARCH');
  });

  it('gives more time for what arrives, from the start of this work on', async () => {
    state.bytes = 1_000_000;
    const outcome = settled(withinDeadline('FETCH', never(), state, LIMITS));
    await vi.advanceTimersByTimeAsync(900);
    state.bytes += 300;
    await vi.advanceTimersByTimeAsync(3000);
    expect(state.cuts).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(state.cuts).toBe(1);
    expect(await outcome).toMatchObject({ code: 'timed-out' });
  });

  it('is not impressed by a trickle', async () => {
    const outcome = settled(withinDeadline('FETCH', never(), state, LIMITS));
    const trickle = setInterval(() => (state.bytes += 1), 100);
    await vi.advanceTimersByTimeAsync(1200);
    clearInterval(trickle);
    expect(await outcome).toMatchObject({ code: 'too-slow' });
  });

  it('ends at its maximum however much arrives', async () => {
    const outcome = settled(withinDeadline('FETCH', never(), state, LIMITS));
    const flood = setInterval(() => (state.bytes += 1_000_000), 100);
    await vi.advanceTimersByTimeAsync(9900);
    expect(state.cuts).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    clearInterval(flood);
    expect(await outcome).toMatchObject({ code: 'too-slow' });
  });
});

function never(): Promise<never> {
  return new Promise(() => {});
}

function settled(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'it ended',
    (error: unknown) => error,
  );
}
