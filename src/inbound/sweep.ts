import type { Knex } from 'knex';

import type { Logger } from '../config/logger.ts';
import { pruneNotices } from '../inbox/prune-notices.ts';
import { findUnfiled } from '../ledger/claim-messages.ts';
import { sumUpCounts, sumUpQuarters } from '../ledger/count-outcomes.ts';
import { closeAbandoned } from '../outgoing/close-abandoned.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import { ringForFiling } from './ring-for-filing.ts';

/** As many messages as one sweep queues; the next one goes on. */
const MOST_MESSAGES = 5000;

export interface SweepDeps {
  readonly db: Knex;
  readonly queue: JobQueue;
  readonly log: Logger;
}

/** Queues whatever the ledger shows as unfinished: what a lost job, or a lost worker, left behind. */
export async function sweep({ db, queue, log }: SweepDeps): Promise<void> {
  await ringForFiling(queue, await findUnfiled(db, MOST_MESSAGES));
  const closed = await closeAbandoned(db);
  if (closed.unknown + closed.expired > 0)
    log.warn(closed, 'Outgoing messages were closed unsent.');
  await queue.add('send', {});
  await queue.add('rematch', {});
  await queue.add('reprocess', {});
  await queue.add('bulk', {});
  await queue.add('suggest', {});
  await sumUpCounts(db);
  await pruneNotices(db);
  await sumUpQuarters(db);
}
