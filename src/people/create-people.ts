import type { Knex } from 'knex';

import { ensureAccounts } from '../accounts/account-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { findAddressesWithMail } from '../emails/email-store.ts';
import type { CreatePerson } from './create-person.ts';
import { findKnownPeople, insertPeople, personKey } from './people-store.ts';

export interface CreatedPeople {
  readonly created: number;
  /** Those whose addresses are on mail already: createPerson() links it. */
  readonly left: readonly CreatePerson[];
}

/**
 * Creates many records at once, as an import does; those that are there already are passed over.
 * The locks make sure that no mail with their addresses is filed meanwhile.
 */
export async function createPeople(
  trx: Knex.Transaction,
  people: readonly CreatePerson[],
): Promise<CreatedPeople> {
  const addresses = people.map((person) => person.email);
  await claimAddresses(trx, addresses);
  const known = await findKnownPeople(trx, addresses);
  const withMail = await findAddressesWithMail(trx, addresses);
  const fresh: CreatePerson[] = [];
  const left: CreatePerson[] = [];
  for (const person of people) {
    const key = personKey(person);
    if (known.has(key)) continue;
    known.add(key);
    (withMail.has(person.email) ? left : fresh).push(person);
  }
  const names = fresh.flatMap(({ account }) => (account === null ? [] : [account]));
  const accounts = await ensureAccounts(trx, names);
  await insertPeople(
    trx,
    fresh.map((person) => ({
      ...person,
      accountId: person.account === null ? null : (accounts.get(person.account) ?? null),
    })),
  );
  return { created: fresh.length, left };
}
