import type { Knex } from 'knex';

import type { PersonFact } from '../archiving/facts.ts';
import { execute, queryRows } from '../db/query-rows.ts';

export interface NewPerson {
  readonly kind: 'contact' | 'lead';
  readonly firstName: string;
  readonly lastName: string;
  readonly accountId: number | null;
}

export async function insertPerson(trx: Knex.Transaction, person: NewPerson): Promise<number> {
  const rows = await trx('people')
    .insert({
      kind: person.kind,
      first_name: person.firstName,
      last_name: person.lastName,
      account_id: person.accountId,
    })
    .returning('id');
  const [row] = rows;
  if (!row) throw new Error('The database gave no id for a new person.');
  return row.id;
}

/** Inserts many records, each with its one address. */
export async function insertPeople(
  trx: Knex.Transaction,
  people: readonly (NewPerson & { readonly email: string })[],
): Promise<void> {
  if (people.length === 0) return;
  await execute(
    trx,
    `with given as (
       select nextval(pg_get_serial_sequence('people', 'id')) as id, r.*
         from jsonb_to_recordset(?::jsonb) as r(
              kind text, "firstName" text, "lastName" text, "accountId" integer, email text)),
     records as (
       insert into people (id, kind, first_name, last_name, account_id) overriding system value
       select id, kind, "firstName", "lastName", "accountId" from given)
     insert into person_addresses (person_id, address, is_primary)
     select id, email, true from given`,
    [JSON.stringify(people)],
  );
}

/** What tells the record of one row of an import from that of another. */
export function personKey({
  kind,
  firstName,
  lastName,
  email,
}: Omit<NewPerson, 'accountId'> & { readonly email: string }): string {
  return JSON.stringify([kind, firstName, lastName, email]);
}

/** The keys of all records that have one of these addresses. */
export async function findKnownPeople(
  db: Knex,
  addresses: readonly string[],
): Promise<Set<string>> {
  const rows = await queryRows<Parameters<typeof personKey>[0]>(
    db,
    `select p.kind, p.first_name as "firstName", p.last_name as "lastName", a.address as email
       from person_addresses a join people p on p.id = a.person_id
      where a.address = any(?) and p.deleted_at is null`,
    [addresses],
  );
  return new Set(rows.map(personKey));
}

/** @returns whether the record has gained the address (false: it had it before). */
export async function insertPersonAddress(
  trx: Knex.Transaction,
  personId: number,
  address: string,
  decisionId: number | null = null,
): Promise<boolean> {
  const result = await execute(
    trx,
    `insert into person_addresses (person_id, address, is_primary, decision_id)
     select p.id, ?, not exists (
              select from person_addresses a where a.person_id = p.id and a.is_primary), ?
       from people p where p.id = ?
     on conflict (person_id, address) do nothing`,
    [address, decisionId, personId],
  );
  return result > 0;
}

/** The record of that kind and name that already has the address: an import run twice adds nothing. */
export async function findPersonId(
  db: Knex,
  person: Omit<NewPerson, 'accountId'>,
  address: string,
): Promise<number | null> {
  const rows = await queryRows<{ id: number }>(
    db,
    `select p.id from people p join person_addresses a on a.person_id = p.id
      where a.address = ? and p.kind = ? and p.first_name = ? and p.last_name = ?
        and p.deleted_at is null
      order by p.id limit 1`,
    [address, person.kind, person.firstName, person.lastName],
  );
  return rows[0]?.id ?? null;
}

/** Facts for the core: every record, of either kind, that has one of these addresses. */
export async function findPersonFacts(
  db: Knex,
  addresses: readonly string[],
): Promise<Map<string, PersonFact[]>> {
  const rows = await queryRows<PersonFact & { address: string }>(
    db,
    `select a.address, p.id as "personId", p.kind
       from person_addresses a
       join people p on p.id = a.person_id
      where a.address = any(?) and p.deleted_at is null
      order by p.id`,
    [addresses],
  );
  const facts = new Map<string, PersonFact[]>();
  for (const { address, ...fact } of rows) {
    const known = facts.get(address);
    if (known) known.push(fact);
    else facts.set(address, [fact]);
  }
  return facts;
}
