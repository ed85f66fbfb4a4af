import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { processRejectedAgain } from '../ledger/process-rejected-again.ts';
import type { Viewer } from '../shared/viewer.ts';
import { openUser, type Refusal } from './open-user.ts';
import { findVerifiedAddresses, setActive } from './user-change-store.ts';

/**
 * Lets a user sign in and archive again; mail of theirs that was rejected meanwhile is filed again.
 */
export async function reactivateUser(
  db: Knex,
  actor: Viewer,
  userId: number,
): Promise<{ readonly kind: 'reactivated'; readonly processedAgain: number } | Refusal> {
  return await db.transaction(async (trx) => {
    const user = await openUser(trx, actor, userId);
    if (typeof user === 'string') return user;
    const addresses = await findVerifiedAddresses(trx, userId);
    await claimAddresses(trx, addresses);
    if (user.active) return { kind: 'reactivated', processedAgain: 0 };
    await setActive(trx, userId, true);
    let processedAgain = 0;
    for (const address of addresses) processedAgain += await processRejectedAgain(trx, address);
    await recordAudit(trx, 'user.reactivated', { userId, processedAgain }, actor.id);
    return { kind: 'reactivated', processedAgain };
  });
}
