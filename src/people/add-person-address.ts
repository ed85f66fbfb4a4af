import type { Knex } from 'knex';

import { claimAddresses } from '../db/advisory-locks.ts';
import { rematch, type GainedAddress } from '../emails/rematch.ts';
import { insertPersonAddress } from './people-store.ts';

/**
 * Gives records addresses; waiting and past mail with those addresses is linked at once, or, when
 * there is very much of it, soon. The lock makes sure that no mail is filed past a new address.
 * Where a decision gives them, the addresses and what they link carry the decision.
 *
 * @returns how many emails were linked at once.
 */
export async function addPersonAddresses(
  trx: Knex.Transaction,
  gains: readonly GainedAddress[],
  decisionId: number | null = null,
): Promise<number> {
  const addresses = gains.map(({ address }) => address);
  await claimAddresses(trx, addresses);
  const gained: GainedAddress[] = [];
  for (const gain of gains) {
    const isNew = await insertPersonAddress(trx, gain.personId, gain.address, decisionId);
    if (isNew) gained.push(gain);
  }
  return gained.length === 0 ? 0 : await rematch(trx, gained, decisionId);
}

/** The same for one address of one record. */
export async function addPersonAddress(
  trx: Knex.Transaction,
  personId: number,
  address: string,
  decisionId: number | null = null,
): Promise<number> {
  return await addPersonAddresses(trx, [{ personId, address }], decisionId);
}
