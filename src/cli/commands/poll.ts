import { Command } from 'commander';

import { createQueue, type Dependencies } from '../../dependencies.ts';
import { continueRematch } from '../../emails/rematch.ts';
import { planJobs } from '../../inbound/ring-for-filing.ts';
import { fileMessages } from '../../inbound/file-messages.ts';
import { findUnfiled } from '../../ledger/claim-messages.ts';
import { readPollProgress, type PollProgress } from '../../ledger/poll-progress.ts';
import { findPollRequest, requestPoll } from '../../ledger/poll-requests.ts';
import { findActiveMailbox } from '../../mailbox-settings/mailbox-store.ts';
import { sendBounces } from '../../outgoing/send-bounces.ts';
import { OUTCOMES } from '../../shared/outcome.ts';
import { sleep } from '../../shared/sleep.ts';
import { createWorker, type Worker } from '../../worker/start-worker.ts';
import { CommandFailure } from '../command-failure.ts';
import { readSeconds } from '../options.ts';
import { withDependencies } from '../with-dependencies.ts';

const LOOK_EVERY_MS = 200;
const LOOKS_AT_STANDSTILL = 10;
const DEFAULT_TIMEOUT_SECONDS = 3600;
/** A keeper that fails so often in a row won't be waited for; one failure may mend itself. */
const FAILURES_TO_GIVE_UP = 3;
/** Nor one that sees no sense in trying again soon: what is wrong needs a person. */
const LONGEST_WAIT_MS = 10_000;
const BATCH = 25;
const STOP_MS = 5_000;

export function pollCommand(): Command {
  return new Command('poll')
    .description('archive what is in the mailbox now, and wait until all of it is put away')
    .option('--timeout <seconds>', 'how long to wait', readSeconds, DEFAULT_TIMEOUT_SECONDS)
    .action(async ({ timeout }: { readonly timeout: number }) => {
      await withDependencies(async (deps) => {
        await poll(deps, timeout);
      });
    });
}

/** Works beside a server, which then does the work, and without one: then this process does it. */
async function poll(deps: Dependencies, timeoutSeconds: number): Promise<void> {
  const mailbox = await findActiveMailbox(deps.db);
  if (!mailbox) throw new CommandFailure('No mailbox is set up: use "mailbox set" first.');
  if (!mailbox.enabled) {
    throw new CommandFailure(
      'Archiving is switched off: switch it on under Email Archiving Configuration first.',
    );
  }
  const request = await requestPoll(deps.db, mailbox.id);
  const queue = createQueue({ ...deps.env, redisUrl: null }, deps.log);
  const worker = createWorker(deps, queue);
  try {
    const deadline = Date.now() + timeoutSeconds * 1000;
    const progress = await waitUntilDone(deps, worker, {
      mailboxId: mailbox.id,
      request,
      deadline,
      onStandstill: () => queue.add('sweep', {}),
    });
    await finishOwnWork(deps, worker);
    process.stdout.write(`${JSON.stringify(toSummary(mailbox.folder, progress))}\n`);
  } finally {
    await worker.stop(STOP_MS);
  }
}

interface Wait {
  readonly mailboxId: number;
  readonly request: number;
  readonly deadline: number;
  /** Called when nothing has changed for a while, if this process does the work. */
  readonly onStandstill: () => Promise<void>;
}

async function waitUntilDone(
  deps: Dependencies,
  worker: Worker,
  { mailboxId, request, deadline, onStandstill }: Wait,
): Promise<PollProgress> {
  const hasStoodStill = createStandstillWatch();
  for (;;) {
    // Nobody may be keeping the mailbox, or the one who did may have died.
    const ours = await worker.keeper.tryStart();
    const answer = await findPollRequest(deps.db, request);
    if (!answer) throw new CommandFailure('The request was cleared away: poll again.');
    if (answer.problem !== null) throw new CommandFailure(answer.problem);
    const { uidvalidity, uids, answered_at: answeredAt } = answer;
    let waiting = 'the mailbox was not looked into yet';
    if (uidvalidity !== null && uids !== null && answeredAt !== null) {
      const folder = { mailboxId, uidValidity: uidvalidity };
      const progress = await readPollProgress(deps.db, folder, uids);
      if (progress.waiting === 0) return progress;
      waiting = `${progress.waiting} of ${uids.length} messages are not put away yet`;
      await failOnTrouble(deps, mailboxId, answeredAt);
      // Without a server nobody else would come back to what was set aside for some seconds.
      if (ours && hasStoodStill(progress.waiting)) await onStandstill();
    }
    if (Date.now() > deadline) {
      throw new CommandFailure(
        `Time is up, ${waiting}: the work goes on with the next poll; "log" shows what is done.`,
      );
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Tells whether so many looks have shown the same, and begins to count anew. */
function createStandstillWatch(): (waiting: number) => boolean {
  let last = -1;
  let looks = 0;
  return (waiting) => {
    looks = waiting === last ? looks + 1 : 0;
    last = waiting;
    if (looks < LOOKS_AT_STANDSTILL) return false;
    looks = 0;
    return true;
  };
}

async function failOnTrouble({ db }: Dependencies, mailboxId: number, since: Date): Promise<void> {
  const row = await db('mailboxes').where({ id: mailboxId }).first();
  if (row?.problem == null || row.last_poll_at === null || row.last_poll_at < since) return;
  const wait = (row.next_try_at?.getTime() ?? 0) - row.last_poll_at.getTime();
  if (row.failures >= FAILURES_TO_GIVE_UP || wait > LONGEST_WAIT_MS) {
    throw new CommandFailure(row.problem);
  }
}

/** Without a server nobody else would file what was put back, link what waits, or send bounces. */
async function finishOwnWork(deps: Dependencies, worker: Worker): Promise<void> {
  if (!(await worker.keeper.tryStart())) return;
  for (;;) {
    const unfiled = await findUnfiled(deps.db, BATCH);
    if (unfiled.length === 0) break;
    for (const { lane, ids } of planJobs(unfiled)) {
      const reader = lane === 'file' ? worker.reader : worker.slowReader;
      await fileMessages({ ...deps, reader }, ids);
    }
  }
  while (await continueRematch(deps.db));
  await sendBounces(deps);
}

function toSummary(folder: string, { done }: PollProgress) {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, done.get(outcome) ?? 0]));
  const messages = [...done.values()].reduce((sum, count) => sum + count, 0);
  return { folder, messages, outcomes };
}
