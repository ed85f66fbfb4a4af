import type { Dependencies } from '../dependencies.ts';
import { continueRematch } from '../emails/rematch.ts';
import { fileMessages } from '../inbound/file-messages.ts';
import { createKeeper, type Keeper } from '../inbound/keeper.ts';
import { createMailReader, type MailReader } from '../inbound/reading/mail-reader.ts';
import { sweep } from '../inbound/sweep.ts';
import { ringKeeper } from '../ledger/poll-requests.ts';
import { sendBounces } from '../outgoing/send-bounces.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { SCHEDULES } from './schedules.ts';

/** What works on mail: keeps the mailbox if nobody else does, and does the queue's jobs. */
export interface Worker {
  readonly keeper: Keeper;
  readonly reader: MailReader;
  /** Finishes what is at work, in at most `graceMs`, and takes nothing new. */
  stop(graceMs: number): Promise<void>;
}

/** A message over this is left on the server, quarantined by reference. Bytes. */
const MAX_MESSAGE_BYTES = 50 * 1024 * 1024;
/** How soon another worker takes the place of a keeper that is gone, whatever the queue does. */
const WATCH_MS = 10_000;
/** Batches that are filed at once: while one waits for the database, another is being read. */
const FILING_AT_ONCE = 3;
const READING_CHILDREN = 2;

/** Wires the queue's jobs to what does them; begins nothing by itself. */
export function createWorker(deps: Dependencies, queue: JobQueue): Worker {
  const reader = createMailReader({ children: READING_CHILDREN, log: deps.log });
  const keeper = createKeeper({ ...deps, queue, maxMessageBytes: MAX_MESSAGE_BYTES });
  processJobs(deps, queue, reader, keeper);
  return {
    keeper,
    reader,
    async stop(graceMs) {
      await Promise.all([keeper.stop(), queue.close(graceMs)]);
      await reader.close();
    },
  };
}

/** Starts to work through `queue`; work that an earlier process left behind comes first. */
export async function startWorker(deps: Dependencies, queue: JobQueue): Promise<Worker> {
  const worker = createWorker(deps, queue);
  const tolerate = (what: string) => (error: unknown) => {
    deps.log.warn({ err: error }, what);
  };
  await queue.schedule(SCHEDULES).catch(tolerate('Repeated work could not be scheduled yet.'));
  await sweep({ ...deps, queue }).catch(tolerate('Unfinished work could not be queued yet.'));
  const keep = () => worker.keeper.tryStart().catch(tolerate('The mailbox could not be kept yet.'));
  await keep();
  const watch = setInterval(() => void keep(), WATCH_MS).unref();
  return {
    ...worker,
    async stop(graceMs) {
      clearInterval(watch);
      await worker.stop(graceMs);
    },
  };
}

function processJobs(
  deps: Dependencies,
  queue: JobQueue,
  reader: MailReader,
  keeper: Keeper,
): void {
  queue.process('poll', 1, async () => {
    await ringKeeper(deps.db, 'poll');
    await keeper.tryStart();
  });
  queue.process('file', FILING_AT_ONCE, async ({ ids }) => {
    const bounces = await fileMessages({ ...deps, reader }, ids);
    if (bounces > 0) await queue.add('send', {});
  });
  queue.process('send', 1, async () => {
    await sendBounces(deps);
  });
  queue.process('rematch', 1, async () => {
    while (await continueRematch(deps.db));
  });
  queue.process('sweep', 1, async () => {
    await sweep({ ...deps, queue });
  });
}
