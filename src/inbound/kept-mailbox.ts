import type { Knex } from 'knex';

import type { Logger } from '../config/logger.ts';
import type { MailboxRow } from '../db/rows.ts';
import type { OpenMailbox } from '../imap/mailbox.ts';
import { StaleEpochError, type FolderState } from '../ledger/store-messages.ts';
import type { Originals } from '../originals/originals.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { Checkpoint } from '../shared/checkpoint.ts';

export interface PollDeps {
  readonly db: Knex;
  readonly originals: Originals;
  readonly queue: JobQueue;
  readonly log: Logger;
  readonly checkpoint: Checkpoint;
  /** Called when there is new mail to fetch: what is to read it can start meanwhile. */
  mailComes(): void;
}

/** The mailbox that this process keeps, for one poll over one connection. */
export interface KeptMailbox {
  readonly mailbox: MailboxRow;
  readonly epoch: number;
  readonly connection: OpenMailbox;
  /** UIDs on which a fetch failed: they are fetched one at a time and in parts. */
  readonly suspects: Set<number>;
  /** Whether this process may still act as the keeper. */
  held(): boolean;
}

/** @throws StaleEpochError when the lock was lost, or this process was frozen for too long. */
export function assertHeld(kept: Pick<KeptMailbox, 'held'>): void {
  if (!kept.held()) throw new StaleEpochError();
}

export function folderState(kept: KeptMailbox, uidValidity: number): FolderState {
  return { mailboxId: kept.mailbox.id, epoch: kept.epoch, uidValidity };
}
