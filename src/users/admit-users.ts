import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { findRejectedAmong } from '../ledger/find-rejected-among.ts';
import { processRejectedAgain } from '../ledger/process-rejected-again.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import type { GroupKey } from '../shared/group-key.ts';
import { isAdministrator, isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { lockUser } from './user-change-store.ts';
import { findUserFacts, insertInvitedUsers, type InvitedUser } from './user-store.ts';

export type AdmitUserResult =
  | { readonly kind: 'created'; readonly userId: number; readonly processedAgain: number }
  | { readonly kind: 'taken'; readonly userId: number }
  /** The same address stands further up among those that were to be created. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'archive' | 'groups-not-allowed' | 'not-allowed' };

/**
 * An administrator creates users, who can sign in once invited. Only Super Administrators put
 * anybody into a group; nobody gets the archive's own address. What one of them is refused for
 * hinders no others.
 *
 * @returns a result for each, in their order.
 */
export async function admitUsers(
  db: Knex,
  actor: Pick<Viewer, 'id'>,
  users: readonly InvitedUser[],
): Promise<AdmitUserResult[]> {
  return await db.transaction(async (trx) => {
    const now = await lockUser(trx, actor.id);
    if (!now?.active || !isAdministrator(now)) return users.map(() => ({ kind: 'not-allowed' }));
    const addresses = users.map(({ email }) => email);
    await claimAddresses(trx, addresses);
    const archive = await findArchiveAddresses(trx);
    const holders = await findUserFacts(trx, addresses);
    const refusals = users.map(({ email, groups }, index): AdmitUserResult | null => {
      if (joins(groups) && !isSuperAdministrator(now)) return { kind: 'groups-not-allowed' };
      if (archive.has(email)) return { kind: 'archive' };
      const holder = holders.get(email);
      if (holder) return { kind: 'taken', userId: holder.userId };
      return addresses.indexOf(email) < index ? { kind: 'repeated' } : null;
    });
    const created = await create(
      trx,
      actor.id,
      users.filter((_, index) => refusals[index] === null),
    );
    return refusals.map((refusal) => refusal ?? next(created));
  });
}

function joins(groups: readonly GroupKey[]): boolean {
  return groups.some((group) => group !== 'everyone');
}

function next(created: AdmitUserResult[]): AdmitUserResult {
  const result = created.shift();
  if (!result) throw new Error('Fewer users were created than were to be.');
  return result;
}

async function create(
  trx: Knex.Transaction,
  actorId: number,
  users: readonly InvitedUser[],
): Promise<AdmitUserResult[]> {
  const ids = await insertInvitedUsers(trx, users);
  const rejected = new Set(
    await findRejectedAmong(
      trx,
      users.map(({ email }) => email),
    ),
  );
  const results: AdmitUserResult[] = [];
  for (const [index, user] of users.entries()) {
    const userId = ids[index] ?? 0;
    const again = rejected.has(user.email) ? await processRejectedAgain(trx, user.email) : 0;
    await recordAudit(trx, 'user.created', { userId, ...user }, actorId);
    results.push({ kind: 'created', userId, processedAgain: again });
  }
  return results;
}
