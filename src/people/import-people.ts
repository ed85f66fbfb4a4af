import type { Knex } from 'knex';

import { canonicalAddress } from '../shared/email-address.ts';
import type { ImportReport, ImportRow } from '../shared/import-report.ts';
import { createPeople } from './create-people.ts';
import { createPerson, type CreatePerson } from './create-person.ts';

type PersonColumn = 'type' | 'firstName' | 'lastName' | 'email' | 'account';

/** Records a transaction: their addresses are locked that long, and mail with them waits. */
const BATCH = 100;
const MAX_NAME = 200;

/**
 * Imports contacts and leads; waiting and past mail with their addresses is linked. Rows that are
 * wrong hinder no others, and a file that is imported again adds nothing.
 */
export async function importPeople(
  db: Knex,
  rows: readonly ImportRow<PersonColumn>[],
): Promise<ImportReport> {
  const people: CreatePerson[] = [];
  const problems: { line: number; sentence: string }[] = [];
  for (const { line, values } of rows) {
    const person = readPerson(values);
    if ('problem' in person) problems.push({ line, sentence: person.problem });
    else people.push(person);
  }
  let created = 0;
  for (let at = 0; at < people.length; at += BATCH) {
    created += await importBatch(db, people.slice(at, at + BATCH));
  }
  return { created, known: people.length - created, problems };
}

/** @returns how many records were made. */
async function importBatch(db: Knex, people: readonly CreatePerson[]): Promise<number> {
  const many = await db.transaction(async (trx) => await createPeople(trx, people));
  let { created } = many;
  for (const person of many.left) {
    const one = await db.transaction(async (trx) => await createPerson(trx, person));
    if (one.kind === 'created') created += 1;
  }
  return created;
}

function readPerson({
  type,
  firstName,
  lastName,
  email,
  account,
}: Readonly<Record<PersonColumn, string>>): CreatePerson | { readonly problem: string } {
  const kind = type.toLowerCase();
  if (kind !== 'contact' && kind !== 'lead') return { problem: 'the type is contact or lead' };
  const address = canonicalAddress(email);
  if (address === null) return { problem: `"${email}" is not an email address` };
  if (firstName === '' && lastName === '') return { problem: 'a first or last name is needed' };
  const names = [firstName, lastName, account];
  if (names.some((name) => name.length > MAX_NAME || /\p{Cc}/u.test(name))) {
    return { problem: `names are one line of at most ${MAX_NAME} characters` };
  }
  return { kind, firstName, lastName, email: address, account: account || null };
}
