import type { Knex } from 'knex';

import { claimAddresses } from '../db/advisory-locks.ts';
import { rematch } from '../emails/rematch.ts';
import { insertPersonAddress } from './people-store.ts';

/**
 * Gives a record an address; waiting and past mail with that address is linked at once, or, when
 * there is very much of it, soon. The lock makes sure that no mail is filed past the new address.
 * Where a decision gives it, the address and what it links carry the decision.
 *
 * @returns how many emails were linked at once.
 */
export async function addPersonAddress(
  trx: Knex.Transaction,
  personId: number,
  address: string,
  decisionId: number | null = null,
): Promise<number> {
  await claimAddresses(trx, [address]);
  const gained = await insertPersonAddress(trx, personId, address, decisionId);
  return gained ? await rematch(trx, personId, address, decisionId) : 0;
}
