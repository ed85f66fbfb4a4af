import type { Knex } from 'knex';
import { containing } from '../db/like-pattern.ts';
import { queryRows } from '../db/query-rows.ts';
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
  const accounts = new Map<string, number>();
  const distinct = [...new Set(names)].sort(byFolded);
  for (const name of distinct) accounts.set(name, await ensureAccount(trx, name));
  return accounts;
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

function byFolded(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
