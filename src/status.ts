import type { Dependencies } from './dependencies.ts';
import type { StatusView } from './http/status-view.ts';
import { countOutcomes } from './ledger/archive-log.ts';
import { findActiveMailbox } from './mailbox-settings/mailbox-store.ts';
import type { JobQueue } from './queue/job-queue.ts';
import { OUTCOMES, type Outcome } from './shared/outcome.ts';

/** What the status page says. */
export async function readStatus(
  { db, databaseName }: Dependencies,
  queue: JobQueue,
  version: string,
): Promise<StatusView> {
  const mailbox = await findActiveMailbox(db);
  const { outcomes, waiting } = await countOutcomes(db);
  return {
    database: databaseName,
    queue: await queue.health(),
    mailbox: {
      configured: mailbox !== null,
      summary: mailbox ? `${mailbox.username} at ${mailbox.host}, folder ${mailbox.folder}` : '',
      problem: mailbox?.problem ?? null,
      lastPollAt: mailbox?.last_poll_at?.toISOString() ?? null,
    },
    outcomes: Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, outcomes.get(outcome) ?? 0]),
    ) as Record<Outcome, number>,
    waiting,
    version,
  };
}
