import type { Knex } from 'knex';

import { ensureAccount } from '../accounts/account-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { addPersonAddress } from './add-person-address.ts';
import { findPersonId, insertPerson, type NewPerson } from './people-store.ts';

export interface CreatePerson extends Omit<NewPerson, 'accountId'> {
  /** Canonical. */
  readonly email: string;
  /** Name of the account, made when there is none. */
  readonly account: string | null;
}

export interface CreatePersonResult {
  readonly kind: 'created' | 'known';
  readonly personId: number;
  readonly linkedEmails: number;
}

export async function createPerson(
  trx: Knex.Transaction,
  person: CreatePerson,
): Promise<CreatePersonResult> {
  // Before looking: two imports of one file at once must not both find nobody.
  await claimAddresses(trx, [person.email]);
  const known = await findPersonId(trx, person, person.email);
  if (known !== null) return { kind: 'known', personId: known, linkedEmails: 0 };
  const accountId = person.account === null ? null : await ensureAccount(trx, person.account);
  const personId = await insertPerson(trx, { ...person, accountId });
  const linkedEmails = await addPersonAddress(trx, personId, person.email);
  return { kind: 'created', personId, linkedEmails };
}
