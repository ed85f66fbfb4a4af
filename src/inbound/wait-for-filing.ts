import type { JobQueue } from '../queue/job-queue.ts';
import { sleep } from '../shared/sleep.ts';

/** With so many batches waiting there is enough to do for all who file. */
const ENOUGH_WAITING = 2;
const LOOK_EVERY_MS = 20;
/** Nobody may be filing, or slowly: fetching is held up by so much a batch, and never stopped. */
const PATIENCE_MS = 2_000;

/**
 * Waits while enough stored mail waits to be filed. What is fetched ahead of that is archived no sooner,
 * and by then is not at hand any more: it would be read back from the database. What is big has a lane of
 * its own, and holds up nothing here.
 */
export async function waitForFiling(queue: Pick<JobQueue, 'waiting'>): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while ((await queue.waiting('file').catch(() => 0)) >= ENOUGH_WAITING) {
    if (performance.now() > until) return;
    await sleep(LOOK_EVERY_MS);
  }
}
