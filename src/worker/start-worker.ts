import { purgeDiscarded } from '../data-cleanup/purge-discarded.ts';
import { continueBulks } from '../data-cleanup/bulk/run-bulk.ts';
import type { Dependencies } from '../dependencies.ts';
import { sendDigests } from '../digest/send-digests.ts';
import { continueRematch } from '../emails/rematch.ts';
import { continueReprocessing } from '../inbound/continue-reprocessing.ts';
import { fileMessages } from '../inbound/file-messages.ts';
import { createKeeper, type Keeper } from '../inbound/keeper.ts';
import { createMailReader, type MailReader } from '../inbound/reading/mail-reader.ts';
import { sweep } from '../inbound/sweep.ts';
import { ringKeeper } from '../ledger/poll-requests.ts';
import { isPollDue } from '../mailbox-settings/mailbox-store.ts';
import { sendBounces } from '../outgoing/send-bounces.ts';
import { sendInvitations } from '../users/send-invitations.ts';
import { QueueClosed } from '../queue/queue-closed.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { tryEach } from '../shared/try-each.ts';
import { createSuggester } from '../suggestions/suggest-after-filing.ts';
import { SCHEDULES } from './schedules.ts';

/** What works on mail: keeps the mailbox if nobody else does, and does the queue's jobs. */
export interface Worker {
  readonly keeper: Keeper;
  readonly reader: MailReader;
  /** For what is big, or was slow. */
  readonly slowReader: MailReader;
  /** Finishes what is at work, in at most `graceMs`, and takes nothing new. */
  stop(graceMs: number): Promise<void>;
}

/** How soon another worker takes the place of a keeper that is gone, whatever the queue does. */
const WATCH_MS = 10_000;
/** Batches that are filed at once: while one waits for the database, another is being read. */
const FILING_AT_ONCE = 3;
/** One keeps up with all that is filed at once; each more would have to warm up too, and to be held. */
const READING_CHILDREN = 1;
/** Processes of their own, for they wait for the DNS: nobody's reading should wait with them. */
const CHECKING_CHILDREN = 2;
/** Nothing that the first lane reads takes so long; what does goes by the second lane, with its limit. */
const FIRST_LANE_MS = 10_000;

/** Wires the queue's jobs to what does them; begins nothing by itself. */
export function createWorker(deps: Dependencies, queue: JobQueue): Worker {
  const { log } = deps;
  const reader = createMailReader({
    children: READING_CHILDREN,
    checkers: CHECKING_CHILDREN,
    deadlineMs: FIRST_LANE_MS,
    log,
  });
  // A process of its own, started when something slow comes, so that nothing else waits for it.
  const slowReader = createMailReader({ children: 1, log });
  const keeper = createKeeper({ ...deps, queue, mailComes: () => reader.begin() });
  processJobs(deps, queue, { reader, slowReader }, keeper);
  return {
    keeper,
    reader,
    slowReader,
    async stop(graceMs) {
      await Promise.all([keeper.stop(), queue.close(graceMs)]);
      await Promise.all([reader.close(), slowReader.close()]);
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

/** One for each lane. */
interface Readers {
  readonly reader: MailReader;
  readonly slowReader: MailReader;
}

function processJobs(
  deps: Dependencies,
  queue: JobQueue,
  { reader, slowReader }: Readers,
  keeper: Keeper,
): void {
  queue.process('poll', 1, async () => {
    if (await isPollDue(deps.db)) await ringKeeper(deps.db, 'poll');
    await keeper.tryStart();
  });
  let filing = 0;
  const file = async (by: MailReader, ids: readonly number[], stopping: AbortSignal) => {
    // A queue that closes takes nothing: the next sweep rings for both.
    const ring = async (name: 'send' | 'suggest') => {
      if (!stopping.aborted) await queue.add(name, {});
    };
    filing += 1;
    try {
      const bounces = await fileMessages({ ...deps, reader: by, stopping }, ids);
      if (bounces > 0) await ring('send');
    } finally {
      filing -= 1;
      // Suggestions give way to filing: while others file, they would be rung for in vain.
      if (filing === 0) await ring('suggest');
    }
  };
  queue.process('file', FILING_AT_ONCE, async ({ ids }, stopping) => {
    await file(reader, ids, stopping);
  });
  queue.process('file-slow', 1, async ({ ids }, stopping) => {
    // One after the other: together they could be more than a worker may hold.
    for (const id of ids) if (!stopping.aborted) await file(slowReader, [id], stopping);
  });
  queue.process('send', 1, async (_, stopping) => {
    const sender = { ...deps, baseUrl: deps.env.baseUrl, stopping };
    // An error with one kind of mail is none with the others.
    await tryEach([
      () => sendBounces(sender),
      () => sendInvitations(sender),
      () => sendDigests(sender),
    ]);
  });
  queue.process('rematch', 1, async (_, stopping) => {
    while (!stopping.aborted && (await continueRematch(deps.db)));
  });
  queue.process('reprocess', 1, async (_, stopping) => {
    while (!stopping.aborted && (await continueReprocessing({ ...deps, reader: slowReader })));
  });
  queue.process('bulk', 1, async (_, stopping) => {
    await continueBulks({ ...deps, stopping });
  });
  const suggester = createSuggester(deps);
  queue.process('suggest', 1, async (_, stopping) => {
    await suggester({ stopping });
  });
  queue.process('purge', 1, async (_, stopping) => {
    await purgeDiscarded({ ...deps, stopping });
  });
  queue.process('sweep', 1, async () => {
    await sweep({ ...deps, queue }).catch((error: unknown) => {
      if (!(error instanceof QueueClosed)) throw error;
    });
  });
}
