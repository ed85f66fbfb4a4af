import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { endSessions } from './end-sessions.ts';
import { openUser, type Refusal } from './open-user.ts';

/** Ends all sessions of a user, such as when a computer was lost. @returns how many. */
export async function signUserOut(
  db: Knex,
  actor: Viewer,
  userId: number,
): Promise<{ readonly kind: 'signed-out'; readonly sessions: number } | Refusal> {
  return await db.transaction(async (trx) => {
    const user = await openUser(trx, actor, userId);
    if (typeof user === 'string') return user;
    const sessions = await endSessions(trx, userId);
    await recordAudit(trx, 'user.signed-out-everywhere', { userId, sessions }, actor.id);
    return { kind: 'signed-out', sessions };
  });
}
