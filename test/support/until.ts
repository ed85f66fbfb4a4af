import { setTimeout as sleep } from 'node:timers/promises';

/** Far more than anything takes: a machine that does other work besides is no reason to fail. */
const PATIENCE_SECONDS = 120;

/** Waits until `holds`; rejects, with what was waited for, when it does not in that many seconds. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  seconds = PATIENCE_SECONDS,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`In ${seconds} s it did not come to this: ${what}`);
    await sleep(100);
  }
}
