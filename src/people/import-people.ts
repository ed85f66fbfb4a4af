import type { Knex } from 'knex';

import { canonicalAddress } from '../shared/email-address.ts';
import {
  importRows,
  type ImportOutcome,
  type ImportReport,
  type ImportRow,
} from '../shared/import-report.ts';
import { createPerson } from './create-person.ts';

type PersonColumn = 'type' | 'firstName' | 'lastName' | 'email' | 'account';

/** Imports contacts and leads; waiting and past mail with their addresses is linked. */
export async function importPeople(
  db: Knex,
  rows: readonly ImportRow<PersonColumn>[],
): Promise<ImportReport> {
  return await importRows(rows, async (values) => await importPerson(db, values));
}

async function importPerson(
  db: Knex,
  { type, firstName, lastName, email, account }: Readonly<Record<PersonColumn, string>>,
): Promise<ImportOutcome> {
  const kind = type.toLowerCase();
  if (kind !== 'contact' && kind !== 'lead') return { problem: 'the type is contact or lead' };
  const address = canonicalAddress(email);
  if (address === null) return { problem: `"${email}" is not an e-mail address` };
  if (firstName === '' && lastName === '') return { problem: 'a first or last name is needed' };
  if ([firstName, lastName, account].some((text) => text.length > 200)) {
    return { problem: 'names have at most 200 characters' };
  }
  const person = { kind, firstName, lastName, email: address, account: account || null } as const;
  return await db.transaction(async (trx) => (await createPerson(trx, person)).kind);
}
