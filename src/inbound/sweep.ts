import type { Knex } from 'knex';

import type { Logger } from '../config/logger.ts';
import { findUnfiled } from '../ledger/claim-messages.ts';
import { sumUpCounts } from '../ledger/count-outcomes.ts';
import { closeAbandoned } from '../outgoing/bounce-store.ts';
import type { JobQueue } from '../queue/job-queue.ts';

/** As many messages as one sweep queues; the next one goes on. */
const MOST_MESSAGES = 5000;
const IDS_A_JOB = 25;

export interface SweepDeps {
  readonly db: Knex;
  readonly queue: JobQueue;
  readonly log: Logger;
}

/** Queues whatever the ledger shows as unfinished: what a lost job, or a lost worker, left behind. */
export async function sweep({ db, queue, log }: SweepDeps): Promise<void> {
  const ids = await findUnfiled(db, MOST_MESSAGES);
  for (let at = 0; at < ids.length; at += IDS_A_JOB) {
    await queue.add('file', { ids: ids.slice(at, at + IDS_A_JOB) });
  }
  const closed = await closeAbandoned(db);
  if (closed.unknown + closed.expired > 0) log.warn(closed, 'Bounces were closed unsent.');
  await queue.add('send', {});
  await queue.add('rematch', {});
  await sumUpCounts(db);
}
