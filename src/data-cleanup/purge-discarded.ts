import type { Knex } from 'knex';
import type { Logger } from '../config/logger.ts';
import { isStopping, type Stoppable } from '../shared/stoppable.ts';
import { claimEmail } from './decisions/decision-store.ts';
import { deleteDiscarded, deleteUnusedOriginal, findLongDiscarded } from './purge-store.ts';
import { DISCARDED_DAYS } from './retention.ts';

/** Looked up at once; each email is deleted in a transaction of its own. */
const BATCH = 200;

export interface PurgeDeps extends Stoppable {
  readonly db: Knex;
  readonly log: Pick<Logger, 'info'>;
}

/** What a purge has done. */
export interface Purged {
  readonly emails: number;
  /** Messages whose original bytes went too, since no other email needs them. */
  readonly originals: number;
}

/**
 * Deletes emails that were discarded long ago, with whatever hangs on them. The row of the ledger
 * stays, and the fingerprint in it: the same mail sent again is still a duplicate. One that can't be
 * deleted keeps no other from it.
 *
 * @throws AggregateError when some could not be deleted: the job is tried again.
 */
export async function purgeDiscarded(
  deps: PurgeDeps,
  days: number = DISCARDED_DAYS,
): Promise<Purged> {
  const { db, log } = deps;
  const errors: unknown[] = [];
  let emails = 0;
  let originals = 0;
  let after = 0;
  while (!isStopping(deps)) {
    const found = await findLongDiscarded(db, days, after, BATCH);
    for (const { id, inboundMessageId } of found) {
      if (isStopping(deps)) break;
      try {
        const done = await purgeOne(db, { id, inboundMessageId, days });
        if (done !== 'kept') emails += 1;
        if (done === 'with-original') originals += 1;
      } catch (error) {
        errors.push(error);
      }
    }
    if (found.length < BATCH) break;
    after = found.at(-1)?.id ?? after;
  }
  if (emails > 0) log.info({ emails, originals, days }, 'Emails discarded long ago were deleted.');
  if (errors.length > 0) {
    throw new AggregateError(errors, `${errors.length} discarded emails could not be deleted.`);
  }
  return { emails, originals };
}

/** `kept`: it was restored at the same moment. */
async function purgeOne(
  db: Knex,
  email: { readonly id: number; readonly inboundMessageId: number; readonly days: number },
): Promise<'kept' | 'deleted' | 'with-original'> {
  return await db.transaction(async (trx) => {
    // As whoever decides or undoes: so that neither comes in between.
    await claimEmail(trx, email.id);
    if (!(await deleteDiscarded(trx, email.id, email.days))) return 'kept';
    const gone = await deleteUnusedOriginal(trx, email.inboundMessageId);
    return gone ? 'with-original' : 'deleted';
  });
}
