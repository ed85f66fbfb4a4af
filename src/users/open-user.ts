import type { Knex } from 'knex';
import { isAdministrator, isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { lockUser, type LockedUser } from './user-change-store.ts';

/** Why an administrator may not change a user. */
export type Refusal = 'not-found' | 'not-allowed';

/**
 * The user, locked for a change by this administrator. Only Super Administrators change Super
 * Administrators: whoever may give one of them an address or a password link could become one.
 * What the administrator may is read again under the lock: of two who remove each other, the second
 * has lost the right to.
 */
export async function openUser(
  trx: Knex.Transaction,
  actor: Pick<Viewer, 'id'>,
  userId: number,
): Promise<LockedUser | Refusal> {
  const user = await lockUser(trx, userId);
  const now = actor.id === userId ? user : await lockUser(trx, actor.id);
  if (!now?.active || !isAdministrator(now)) return 'not-allowed';
  if (user === null) return 'not-found';
  return mayChange(now, user) ? user : 'not-allowed';
}

/** The same for what only Super Administrators may. */
export async function openUserAsSuper(
  trx: Knex.Transaction,
  actor: Pick<Viewer, 'id'>,
  userId: number,
): Promise<LockedUser | Refusal> {
  const user = await openUser(trx, actor, userId);
  const now = await lockUser(trx, actor.id);
  return now && isSuperAdministrator(now) ? user : 'not-allowed';
}

/** Whether the pages offer to change the user; openUser holds to the same rule. */
export function mayChange(
  actor: Pick<LockedUser, 'groups'>,
  user: Pick<LockedUser, 'groups'>,
): boolean {
  return isSuperAdministrator(actor) || !isSuperAdministrator(user);
}
