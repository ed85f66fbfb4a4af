import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';

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

function byFolded(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
