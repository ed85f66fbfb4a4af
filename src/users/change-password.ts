import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import type { MessageKey } from '../http/translation.ts';
import type { Viewer } from '../shared/viewer.ts';
import { attemptLimits } from './attempt-limits.ts';
import { hashPassword, isPassword } from './hash-password.ts';
import { findPasswordProblem } from './password-strength.ts';
import { findPasswordHolder, replacePassword } from './password-store.ts';

export type ChangePasswordResult =
  /** All sessions have ended: `logIn` (log-in.ts) keeps the one that asked, under a new name. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'wrong-password' }
  /** The new one is not good enough: the key of a sentence that says what to do. */
  | { readonly kind: 'weak'; readonly problem: MessageKey }
  | { readonly kind: 'too-many'; readonly retryAfterSeconds: number };

/**
 * Changes one's own password. The current one is asked for, and may not be guessed at: an open
 * session that somebody else comes by is not to become theirs for good.
 */
export async function changePassword(
  db: Knex,
  viewer: Viewer,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<ChangePasswordResult> {
  const limits = attemptLimits(db);
  const counted = [['passwordUser', String(viewer.id)]] as const;
  const wait = await limits.count(counted);
  if (wait !== null) return { kind: 'too-many', retryAfterSeconds: wait };
  const holder = await findPasswordHolder(db, viewer.id);
  const hash = holder?.passwordHash ?? null;
  if (holder === null || hash === null || !(await isPassword(hash, current))) {
    return { kind: 'wrong-password' };
  }
  await limits.giveBack(counted);
  const problem =
    next === current
      ? 'account.password.same'
      : await findPasswordProblem(next, [holder.name, ...holder.addresses]);
  if (problem !== null) return { kind: 'weak', problem };
  const passwordHash = await hashPassword(next);
  await db.transaction(async (trx) => {
    await replacePassword(trx, viewer.id, passwordHash);
    await recordAudit(trx, 'user.password-changed', { userId: viewer.id }, viewer.id);
  });
  return { kind: 'changed' };
}
