import type { Knex } from 'knex';

import { claimAddresses } from '../db/advisory-locks.ts';
import { processRejectedAgain } from '../ledger/process-rejected-again.ts';
import { findUserIdByAddress, insertVerifiedAddress } from './user-store.ts';

export type AddUserAddressResult =
  | { readonly kind: 'added'; readonly processedAgain: number }
  | { readonly kind: 'taken'; readonly userId: number };

/**
 * Gives a user a verified address. What was rejected because nobody had it is filed again.
 * The lock makes sure that no mail from it is being rejected at the same moment.
 */
export async function addUserAddress(
  trx: Knex.Transaction,
  userId: number,
  address: string,
): Promise<AddUserAddressResult> {
  await claimAddresses(trx, [address]);
  const holder = await findUserIdByAddress(trx, address);
  if (holder !== null && holder !== userId) return { kind: 'taken', userId: holder };
  await insertVerifiedAddress(trx, userId, address);
  return { kind: 'added', processedAgain: await processRejectedAgain(trx, address) };
}
