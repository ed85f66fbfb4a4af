import type { Knex } from 'knex';
import { containing } from '../db/like-pattern.ts';
import { execute, queryRows } from '../db/query-rows.ts';
import { cleanLine } from '../shared/clean-text.ts';

/** The account of that name, made when there is none; case does not matter. */
export async function ensureAccount(trx: Knex.Transaction, name: string): Promise<number> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `insert into accounts (name) values (?)
     on conflict (lower(name)) do update set name = accounts.name
     returning id`,
    [name],
  );
  const [row] = rows;
  if (!row) throw new Error('The database gave no id for an account.');
  return row.id;
}

/** The accounts of those names; rows are touched in one order, so that imports never deadlock. */
export async function ensureAccounts(
  trx: Knex.Transaction,
  names: readonly string[],
): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  await execute(
    trx,
    `insert into accounts (name)
     select distinct on (lower(name)) name from unnest(?::text[]) as g(name) order by lower(name), name
     on conflict (lower(name)) do update set name = accounts.name`,
    [names],
  );
  const rows = await queryRows<{ name: string; id: number }>(
    trx,
    `select distinct g.name, a.id from unnest(?::text[]) as g(name)
       join accounts a on lower(a.name) = lower(g.name)`,
    [names],
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

const SUGGESTED = 100;

/** Names of accounts for a form: those that hold what was typed, or the first of all. */
export async function suggestAccounts(db: Knex, typed: string): Promise<string[]> {
  const text = cleanLine(typed, 200).toLowerCase();
  const pattern = containing(text);
  const rows = await queryRows<{ name: string }>(
    db,
    'select name from accounts where lower(name) like ? order by lower(name) limit ?',
    [pattern, SUGGESTED],
  );
  return rows.map(({ name }) => name);
}
