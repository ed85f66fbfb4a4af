import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { deleteAddress, lockAddress, setPrimary } from './address-change-store.ts';
import { openUser, type Refusal } from './open-user.ts';
import { voidPasswordTokens } from './user-token-store.ts';

/** Who makes a change, and whose address it is about. */
export interface AddressChange {
  readonly actorId: number;
  readonly userId: number;
  readonly addressId: number;
}

export type RemoveAddressResult =
  { readonly kind: 'removed'; readonly address: string } | { readonly kind: 'gone' | 'primary' };

export type MakePrimaryResult =
  { readonly kind: 'done'; readonly address: string } | { readonly kind: 'gone' | 'waiting' };

/**
 * Takes an address from a user; mail that came from it stays where it is. The primary one stays, so
 * that there is always one to sign in with and to write to.
 */
export async function removeAddress(
  trx: Knex.Transaction,
  { actorId, userId, addressId }: AddressChange,
): Promise<RemoveAddressResult> {
  const found = await lockAddress(trx, userId, addressId);
  if (!found) return { kind: 'gone' };
  if (found.isPrimary) return { kind: 'primary' };
  await deleteAddress(trx, addressId);
  // A link for the password may have been sent there.
  await voidPasswordTokens(trx, userId);
  await recordAudit(trx, 'user.address-removed', { userId, address: found.address }, actorId);
  return { kind: 'removed', address: found.address };
}

/** Makes a verified address the one that the user is written to. */
export async function makePrimary(
  trx: Knex.Transaction,
  { actorId, userId, addressId }: AddressChange,
): Promise<MakePrimaryResult> {
  const found = await lockAddress(trx, userId, addressId);
  if (!found) return { kind: 'gone' };
  if (!found.verified) return { kind: 'waiting' };
  if (!found.isPrimary) {
    await setPrimary(trx, userId, addressId);
    await recordAudit(trx, 'user.primary-address-changed', { userId, to: found.address }, actorId);
  }
  return { kind: 'done', address: found.address };
}

/** Does one of the above for a user whom this administrator may change. */
export async function changeAsAdministrator<Result>(
  db: Knex,
  actor: Viewer,
  { userId, addressId }: Omit<AddressChange, 'actorId'>,
  change: (trx: Knex.Transaction, change: AddressChange) => Promise<Result>,
): Promise<Result | Refusal> {
  return await db.transaction(async (trx) => {
    const user = await openUser(trx, actor, userId);
    if (typeof user === 'string') return user;
    return await change(trx, { actorId: actor.id, userId, addressId });
  });
}
