import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { isAdministrator, isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { queueInvitations } from './invitation-store.ts';
import { lockUser } from './user-change-store.ts';

/** So many at a time; who presses again invites the next. */
export const MOST_INVITED = 500;

/**
 * Queues an invitation for every user whom nobody has invited yet, as an import leaves them. They go
 * out little by little.
 *
 * @returns how many are on their way.
 */
export async function inviteAll(
  db: Knex,
  actor: Pick<Viewer, 'id'>,
): Promise<number | 'not-allowed'> {
  return await db.transaction(async (trx) => {
    const now = await lockUser(trx, actor.id);
    if (!now?.active || !isAdministrator(now)) return 'not-allowed';
    const withSuper = isSuperAdministrator(now);
    const userIds = await queueInvitations(trx, { withSuper, limit: MOST_INVITED });
    if (userIds.length > 0) await recordAudit(trx, 'users.invited', { userIds }, actor.id);
    return userIds.length;
  });
}
