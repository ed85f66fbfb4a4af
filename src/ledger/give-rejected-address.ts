import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import { addUserAddress } from '../users/add-user-address.ts';
import { findUserFacts } from '../users/user-store.ts';
import { stopIgnoringSender } from './ignored-senders.ts';
import { processRejectedAgain } from './process-rejected-again.ts';

export type GiveAddressResult =
  | { readonly kind: 'given'; readonly name: string; readonly messages: number }
  | { readonly kind: 'taken'; readonly name: string }
  | { readonly kind: 'no-user' }
  | { readonly kind: 'archive-address' };

/**
 * Gives the address of rejected mail to an active user, whose mail it then is: what was rejected is
 * filed again. Of two who do it at once, the second is told who has the address.
 */
export async function giveRejectedAddress(
  db: Knex,
  actorId: number,
  userId: number,
  address: string,
): Promise<GiveAddressResult> {
  return await db.transaction(async (trx) => {
    // Held, so that the user is not deactivated before the mail is put back.
    const user = await trx('users').where({ id: userId }).forShare().first('name', 'disabled_at');
    if (user?.disabled_at !== null) return { kind: 'no-user' };
    if ((await findArchiveAddresses(trx)).has(address)) return { kind: 'archive-address' };
    const added = await addUserAddress(trx, userId, address);
    if (added.kind === 'taken') {
      const holder = await trx('users').where({ id: added.userId }).first('name');
      return { kind: 'taken', name: holder?.name ?? '' };
    }
    await stopIgnoringSender(trx, address);
    const messages = added.processedAgain;
    await recordAudit(trx, 'rejected.address-given', { address, userId, messages }, actorId);
    return { kind: 'given', name: user.name, messages };
  });
}

export type ProcessAgainResult =
  { readonly kind: 'again'; readonly messages: number } | { readonly kind: 'no-owner' };

/** Files again what was rejected from an address that an active user has by now. */
export async function processSenderAgain(
  db: Knex,
  actorId: number,
  address: string,
): Promise<ProcessAgainResult> {
  return await db.transaction(async (trx) => {
    await claimAddresses(trx, [address]);
    const user = (await findUserFacts(trx, [address])).get(address);
    if (user?.active !== true) return { kind: 'no-owner' };
    const messages = await processRejectedAgain(trx, address);
    await recordAudit(trx, 'rejected.processed-again', { address, messages }, actorId);
    return { kind: 'again', messages };
  });
}
