import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import type { GroupKey } from '../shared/group-key.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { openUserAsSuper, type Refusal } from './open-user.ts';
import { hasOtherSuperAdministrator, replaceGroups, type LockedUser } from './user-change-store.ts';
import { voidPasswordTokens } from './user-token-store.ts';

/**
 * Puts a user into these groups; only Super Administrators may. One Super Administrator who can sign
 * in must stay, or nobody could ever make another.
 */
export async function setGroups(
  db: Knex,
  actor: Viewer,
  userId: number,
  groups: readonly GroupKey[],
): Promise<'done' | 'last-super-administrator' | Refusal> {
  return await db.transaction(async (trx) => {
    const user = await openUserAsSuper(trx, actor, userId);
    if (typeof user === 'string') return user;
    const leaves = isSuperAdministrator(user) && !isSuperAdministrator({ groups });
    if (leaves && !(await hasOtherSuperAdministrator(trx, userId))) {
      return 'last-super-administrator';
    }
    await replaceGroups(trx, userId, groups);
    // Whoever was shown a link for the user as they were must not get in as what they are now.
    if (joins(user, groups)) await voidPasswordTokens(trx, userId);
    const detail = { userId, from: user.groups, to: groups };
    await recordAudit(trx, 'user.groups-changed', detail, actor.id);
    return 'done';
  });
}

function joins(user: LockedUser, groups: readonly GroupKey[]): boolean {
  return groups.some((group) => !user.groups.includes(group));
}
