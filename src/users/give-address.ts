import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { addUserAddress } from './add-user-address.ts';
import { openUser, type Refusal } from './open-user.ts';
import { findAddress } from './user-details-store.ts';

export type GiveAddressResult =
  | { readonly kind: 'added'; readonly address: string; readonly processedAgain: number }
  | { readonly kind: 'taken'; readonly holder: { readonly id: number; readonly name: string } }
  /** Mail from the archive's own address is never a person's. */
  | { readonly kind: 'archive' }
  | { readonly kind: 'gone' };

/** An administrator vouches for an address of a user: a new one, or one that waits. */
export async function giveAddress(
  db: Knex,
  actor: Viewer,
  userId: number,
  address: string,
): Promise<GiveAddressResult | Refusal> {
  return await db.transaction(async (trx) => {
    const user = await openUser(trx, actor, userId);
    if (typeof user === 'string') return user;
    if ((await findArchiveAddresses(trx)).has(address)) return { kind: 'archive' };
    const result = await addUserAddress(trx, userId, address);
    if (result.kind === 'taken') {
      const holder = await trx('users').where({ id: result.userId }).first('id', 'name');
      if (!holder) throw new Error('An address belongs to no user.');
      return { kind: 'taken', holder };
    }
    const { processedAgain } = result;
    await recordAudit(trx, 'user.address-added', { userId, address, processedAgain }, actor.id);
    return { kind: 'added', address, processedAgain };
  });
}

/** Confirms an address that its owner added, in the place of the link that was sent to it. */
export async function confirmAddress(
  db: Knex,
  actor: Viewer,
  userId: number,
  addressId: number,
): Promise<GiveAddressResult | Refusal> {
  const found = await findAddress(db, userId, addressId);
  if (!found) return { kind: 'gone' };
  return await giveAddress(db, actor, userId, found.address);
}
