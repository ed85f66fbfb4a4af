import { Command } from 'commander';

import type { MailboxRow } from '../../db/rows.ts';
import { createQueue, type Dependencies } from '../../dependencies.ts';
import { continueRematch } from '../../emails/rematch.ts';
import { planJobs } from '../../inbound/ring-for-filing.ts';
import { fileMessages } from '../../inbound/file-messages.ts';
import { findUnfiled } from '../../ledger/claim-messages.ts';
import {
  readPollProgress,
  type PolledFolder,
  type PollProgress,
} from '../../ledger/poll-progress.ts';
import { findPollRequest, requestPoll } from '../../ledger/poll-requests.ts';
import { watchWaiting } from '../../ledger/watch-waiting.ts';
import { findActiveMailbox } from '../../mailbox-settings/mailbox-store.ts';
import { sendBounces } from '../../outgoing/send-bounces.ts';
import { suggestPending } from '../../suggestions/suggest-pending.ts';
import { OUTCOMES } from '../../shared/outcome.ts';
import { sleep } from '../../shared/sleep.ts';
import { createWorker, type Worker } from '../../worker/start-worker.ts';
import { CommandFailure } from '../command-failure.ts';
import { readSeconds } from '../options.ts';
import { withDependencies } from '../with-dependencies.ts';

const LOOK_EVERY_MS = 200;
/** How often the place of another process is asked for, which takes a connection. */
const TRY_TO_KEEP_EVERY_MS = 1000;
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
  // Signing in waits for it.
  void deps.secrets.prepare();
  const mailbox = await findActiveMailbox(deps.db);
  if (!mailbox) throw new CommandFailure('No mailbox is set up: use "mailbox set" first.');
  if (!mailbox.enabled) {
    throw new CommandFailure(
      'Archiving is switched off: switch it on under Email Archiving Configuration first.',
    );
  }
  const request = await requestPoll(deps.db, mailbox.id);
  const queue = await createQueue({ ...deps.env, redisUrl: null }, deps.log);
  const worker = createWorker(deps, queue);
  try {
    const deadline = Date.now() + timeoutSeconds * 1000;
    const progress = await waitUntilDone(deps, worker, {
      mailbox,
      request,
      deadline,
      onStandstill: () => queue.add('sweep', {}),
    });
    await finishOwnWork(deps, worker);
    process.stdout.write(`${JSON.stringify(toSummary(mailbox.folder, progress))}\n`);
    await suggest(deps, worker, deadline);
  } finally {
    await worker.stop(STOP_MS);
  }
}

interface Wait {
  /** As it was when the poll was asked for. */
  readonly mailbox: MailboxRow;
  readonly request: number;
  readonly deadline: number;
  /** Called when nothing has changed for a while, if this process does the work. */
  readonly onStandstill: () => Promise<void>;
}

async function waitUntilDone(
  deps: Dependencies,
  worker: Worker,
  { mailbox, request, deadline, onStandstill }: Wait,
): Promise<PollProgress> {
  const keeps = watchKeeping(worker);
  const hasStoodStill = createStandstillWatch();
  let answer: Answer | null = null;
  for (;;) {
    const ours = await keeps();
    await failOnTrouble(deps, mailbox, answer?.at ?? null);
    answer ??= await findAnswer(deps, mailbox.id, request);
    if (answer) {
      const waiting = await answer.look();
      if (waiting === 0) {
        const progress = await readPollProgress(deps.db, answer.folder, answer.uids);
        if (progress.waiting === 0) return progress;
      }
      // Without a server nobody else would come back to what was set aside for some seconds.
      if (ours && hasStoodStill(`${waiting} ${await oldestUnfiled(deps)}`)) await onStandstill();
    }
    if (Date.now() > deadline) {
      throw new CommandFailure(
        `Time is up, ${await describeWaiting(deps, answer)}: the work goes on with the next poll; "log" shows what is done.`,
      );
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Nobody may be keeping the mailbox, or the one who did may have died. @returns whether it is ours now. */
function watchKeeping({ keeper }: Worker): () => Promise<boolean> {
  let ours = false;
  let nextTry = 0;
  return async () => {
    if (ours || Date.now() >= nextTry) {
      ours = await keeper.tryStart();
      nextTry = Date.now() + TRY_TO_KEEP_EVERY_MS;
    }
    return ours;
  };
}

/** What the folder held when it was looked at for the request. */
interface Answer {
  readonly at: Date;
  readonly folder: PolledFolder;
  readonly uids: readonly number[];
  /** How many of them wait at most. */
  readonly look: () => Promise<number>;
}

/** @throws CommandFailure when the mailbox could not be looked into. */
async function findAnswer(
  { db }: Dependencies,
  mailboxId: number,
  request: number,
): Promise<Answer | null> {
  const row = await findPollRequest(db, request);
  if (!row) throw new CommandFailure('The request was cleared away: poll again.');
  if (row.problem !== null) throw new CommandFailure(row.problem);
  const { uidvalidity, uids, answered_at: at } = row;
  if (uidvalidity === null || uids === null || at === null) return null;
  const folder = { mailboxId, uidValidity: uidvalidity };
  return { at, folder, uids, look: watchWaiting(db, folder, uids) };
}

async function describeWaiting({ db }: Dependencies, answer: Answer | null): Promise<string> {
  if (!answer) return 'the mailbox was not looked into yet';
  const { waiting } = await readPollProgress(db, answer.folder, answer.uids);
  return `${waiting} of ${answer.uids.length} messages are not put away yet`;
}

/** Tells whether so many looks have shown the same, and begins to count anew. */
function createStandstillWatch(): (sight: string) => boolean {
  let last = '';
  let looks = 0;
  return (sight) => {
    looks = sight === last ? looks + 1 : 0;
    last = sight;
    if (looks < LOOKS_AT_STANDSTILL) return false;
    looks = 0;
    return true;
  };
}

/** What moves on while mail is filed, though it is put away only some hundred messages later. */
async function oldestUnfiled({ db }: Dependencies): Promise<number | null> {
  const [oldest] = await findUnfiled(db, 1);
  return oldest?.id ?? null;
}

/** @throws CommandFailure when what was asked for is not done any more, or can't be. */
async function failOnTrouble(
  { db }: Dependencies,
  { id, set_up_at }: MailboxRow,
  since: Date | null,
): Promise<void> {
  const row = await db('mailboxes').where({ id }).first();
  // Another mailbox, or "start from now": what the folder held may never be archived.
  if (!row?.active || !row.enabled || row.set_up_at.getTime() !== set_up_at.getTime()) {
    throw new CommandFailure('The settings of the mailbox were changed meanwhile: poll again.');
  }
  if (since === null || row.problem === null) return;
  if (row.last_poll_at === null || row.last_poll_at < since) return;
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

/**
 * Nor suggest whom the mail may be about that Data Cleanup shows next. What is left when time is up, or when
 * it fails, is kept for the next poll: the mail is archived.
 */
async function suggest(deps: Dependencies, worker: Worker, deadline: number): Promise<void> {
  try {
    if (!(await worker.keeper.tryStart())) return;
    await suggestPending(deps, () => Promise.resolve(Date.now() < deadline));
  } catch (error) {
    deps.log.warn(
      { err: error },
      'Suggestions could not be worked out; the next poll tries again.',
    );
  }
}

function toSummary(folder: string, { done }: PollProgress) {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, done.get(outcome) ?? 0]));
  const messages = [...done.values()].reduce((sum, count) => sum + count, 0);
  return { folder, messages, outcomes };
}
