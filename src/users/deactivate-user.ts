import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { clearUnmatchedNotices, raiseNotices } from '../inbox/notice-store.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { endSessions } from './end-sessions.ts';
import { openUser, type Refusal } from './open-user.ts';
import {
  findVerifiedAddresses,
  hasOtherSuperAdministrator,
  lockUser,
  reassignUnmatched,
  setActive,
} from './user-change-store.ts';
import { voidPasswordTokens } from './user-token-store.ts';

export type DeactivateResult =
  | { readonly kind: 'deactivated'; readonly reassigned: number }
  | { readonly kind: 'oneself' | 'last-super-administrator' | 'inactive-heir' };

/**
 * Signs a user out for good, until they are activated again, and gives what waits in their Data
 * Cleanup to another (`heir`; null leaves it). Mail that is being filed for them is waited for, so
 * that it is given away as well.
 */
export async function deactivateUser(
  db: Knex,
  actor: Viewer,
  userId: number,
  heir: number | null,
): Promise<DeactivateResult | Refusal> {
  if (userId === actor.id) return { kind: 'oneself' };
  return await db.transaction(async (trx) => {
    const user = await openUser(trx, actor, userId);
    if (typeof user === 'string') return user;
    // Users before addresses, as everywhere, so that no two wait for each other.
    await claimAddresses(trx, await findVerifiedAddresses(trx, userId));
    if (isSuperAdministrator(user) && !(await hasOtherSuperAdministrator(trx, userId))) {
      return { kind: 'last-super-administrator' };
    }
    const reassigned = await handOver(trx, userId, heir);
    if (reassigned === null) return { kind: 'inactive-heir' };
    if (user.active) await setActive(trx, userId, false);
    await endSessions(trx, userId);
    await voidPasswordTokens(trx, userId);
    const detail = { userId, heir, reassigned };
    await recordAudit(trx, 'user.deactivated', detail, actor.id);
    return { kind: 'deactivated', reassigned };
  });
}

/** @returns how many emails went over; null when nobody active is to have them. */
async function handOver(
  trx: Knex.Transaction,
  userId: number,
  heir: number | null,
): Promise<number | null> {
  if (heir === null) return 0;
  const to = heir === userId ? null : await lockUser(trx, heir);
  if (!to?.active) return null;
  const reassigned = await reassignUnmatched(trx, userId, heir);
  if (reassigned > 0) await raiseNotices(trx, [{ userId: heir, kind: 'unmatched', subject: '' }]);
  await clearUnmatchedNotices(trx, [userId]);
  return reassigned;
}
