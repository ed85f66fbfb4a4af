import type { Dependencies } from './dependencies.ts';
import type { StatusView } from './http/status-view.ts';
import { countOutcomes } from './ledger/count-outcomes.ts';
import { findActiveMailbox } from './mailbox-settings/mailbox-store.ts';
import type { JobQueue } from './queue/job-queue.ts';

/** What the status page says. */
export async function readStatus(
  { db, databaseName }: Dependencies,
  queue: JobQueue,
  version: string,
): Promise<StatusView> {
  const mailbox = await findActiveMailbox(db);
  return {
    database: databaseName,
    queue: await queue.health(),
    mailbox: {
      configured: mailbox !== null,
      summary: mailbox ? `${mailbox.username} at ${mailbox.host}, folder ${mailbox.folder}` : '',
      problem: mailbox?.problem ?? null,
      lastPollAt: mailbox?.last_poll_at?.toISOString() ?? null,
    },
    ...(await countOutcomes(db)),
    version,
  };
}
