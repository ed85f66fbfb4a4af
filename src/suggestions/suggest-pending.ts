import type { Knex } from 'knex';
import type { Logger } from '../config/logger.ts';
import { liveTransaction } from '../db/live-transaction.ts';
import { claimPending, finishPending, postponePending } from './pending-store.ts';
import { refreshChangedPeople } from './person-key-store.ts';
import { suggestForEmails } from './suggest-for-emails.ts';

export interface SuggestDeps {
  readonly db: Knex;
  readonly log: Pick<Logger, 'error'>;
}

/** Emails a transaction: most of what their questions cost is planning them, once for all. */
const TOGETHER = 25;

/**
 * Works out all suggestions that are due, some emails a transaction, after the keys of records that have
 * changed. Where it fails for one of them they are tried one by one: that one is tried again later and
 * hinders no other. Rejects when the database can't be reached.
 *
 * @param mayGoOn asked before each transaction.
 * @returns whether it came to the end.
 */
export async function suggestPending(
  deps: SuggestDeps,
  mayGoOn = () => Promise.resolve(true),
): Promise<boolean> {
  do {
    if (!(await mayGoOn())) return false;
  } while (await refreshChangedPeople(deps.db));
  let alone = 0;
  for (;;) {
    if (!(await mayGoOn())) return false;
    const { claimed, failed } = await suggestNext(deps, alone > 0 ? 1 : TOGETHER);
    if (claimed === 0) return true;
    alone = failed && claimed > 1 ? claimed : Math.max(0, alone - 1);
  }
}

/** @returns how many emails were due, `most` at most. */
async function suggestNext(
  { db, log }: SuggestDeps,
  most: number,
): Promise<{ readonly claimed: number; readonly failed: boolean }> {
  let claimed: readonly number[] = [];
  try {
    // Ranking gives way to other work, which may take a while.
    await liveTransaction(db, async (trx) => {
      claimed = await claimPending(trx, most);
      if (claimed.length === 0) return;
      // The planner takes these questions for dear ones, and compiling them would take longer than they do.
      await trx.raw('set local jit = off');
      await suggestForEmails(trx, claimed);
      await finishPending(trx, claimed);
    });
    return { claimed: claimed.length, failed: false };
  } catch (error) {
    const [emailId] = claimed;
    if (emailId === undefined) throw error;
    if (claimed.length === 1) {
      const minutes = await postponePending(db, emailId);
      log.error({ email: emailId, minutes, err: error }, 'No suggestions could be worked out.');
    }
    return { claimed: claimed.length, failed: true };
  }
}
