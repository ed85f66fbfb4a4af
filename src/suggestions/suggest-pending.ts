import type { Knex } from 'knex';
import type { Logger } from '../config/logger.ts';
import { claimPending, finishPending, postponePending } from './pending-store.ts';
import { refreshChangedPeople } from './person-key-store.ts';
import { suggestForEmail } from './suggest-for-email.ts';

export interface SuggestDeps {
  readonly db: Knex;
  readonly log: Pick<Logger, 'error'>;
}

/**
 * Works out all suggestions that are due, one email a transaction, after the keys of records that have
 * changed. An email for which it fails is tried again later and hinders no other. Rejects when the
 * database can't be reached.
 */
export async function suggestPending({ db, log }: SuggestDeps): Promise<void> {
  while (await refreshChangedPeople(db));
  while (await suggestNext({ db, log }));
}

/** @returns false where no email is due. */
async function suggestNext({ db, log }: SuggestDeps): Promise<boolean> {
  const claimed: number[] = [];
  try {
    await db.transaction(async (trx) => {
      const emailId = await claimPending(trx);
      if (emailId === null) return;
      claimed.push(emailId);
      await suggestForEmail(trx, emailId);
      await finishPending(trx, emailId);
    });
  } catch (error) {
    const [emailId] = claimed;
    if (emailId === undefined) throw error;
    const minutes = await postponePending(db, emailId);
    log.error({ email: emailId, minutes, err: error }, 'No suggestions could be worked out.');
  }
  return claimed.length > 0;
}
