import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `holds`; rejects, with what was waited for, when it does not in that many seconds. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`In ${seconds} s it did not come to this: ${what}`);
    await sleep(100);
  }
}
