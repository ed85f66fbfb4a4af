import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { addUserAddress } from './add-user-address.ts';
import { consumeUserToken, type FoundToken } from './user-token-store.ts';

export type ConfirmAddressResult =
  | { readonly kind: 'confirmed'; readonly address: string; readonly processedAgain: number }
  /** Somebody else has confirmed it meanwhile. */
  | { readonly kind: 'taken'; readonly address: string }
  | { readonly kind: 'no-link'; readonly state: Exclude<FoundToken['state'], 'valid'> };

/**
 * Confirms an address by the link that was sent to it. The link is enough: who reads the mail of an
 * address has it, whoever is signed in in that browser.
 */
export async function confirmAddress(db: Knex, token: string): Promise<ConfirmAddressResult> {
  return await db.transaction(async (trx) => {
    const found = await consumeUserToken(trx, 'address', token);
    if (found.state !== 'valid') return { kind: 'no-link', state: found.state };
    const { userId, address } = found;
    const added = await addUserAddress(trx, userId, address);
    if (added.kind === 'taken') return { kind: 'taken', address };
    await recordAudit(trx, 'user.address-confirmed-by-link', { userId, address }, userId);
    return { kind: 'confirmed', address, processedAgain: added.processedAgain };
  });
}
