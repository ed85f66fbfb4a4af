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
