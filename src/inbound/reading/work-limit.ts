import { processorTimeMs } from './processor-time.ts';

/** On a busy machine a process may take so many times longer than it works. */
const PATIENCE = 10;
/** No more often than that it is looked whether a process has worked too long. */
const LEAST_PAUSE_MS = 20;
/** Most work is done sooner. What a process worked until then does not count. */
const FIRST_LOOK_MS = 50;

/**
 * Waits for what a process does, and calls `expired` when it has worked for longer than `limitMs`. What
 * counts is its processor time: a mail is not to blame for a machine that has other things to do. A
 * process that does not work but does not end either has ten times as long. Where processor time can't
 * be told, that of the clock counts.
 */
export async function withinWork<T>(
  pid: number | undefined,
  limitMs: number,
  work: Promise<T>,
  expired: () => void,
): Promise<T> {
  let before: number | null = null;
  const start = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = before === null ? null : processorTimeMs(pid);
    const worked = now === null || before === null ? limitMs : now - before;
    const left = Math.min(limitMs - worked, PATIENCE * limitMs - (performance.now() - start));
    if (left <= 0) expired();
    else wait(Math.max(left, LEAST_PAUSE_MS));
  };
  const wait = (ms: number) => {
    timer = setTimeout(look, ms);
  };
  const first = () => {
    before = processorTimeMs(pid);
    wait(limitMs);
  };
  timer = setTimeout(first, FIRST_LOOK_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
