import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';

/**
 * Whether somebody can sign in: then set-up is over. Users that were imported have no password yet.
 */
export async function isSetUp(db: Knex): Promise<boolean> {
  const [row] = await queryRows<{ found: boolean }>(
    db,
    'select exists (select from users where password_hash is not null) as found',
    [],
  );
  return row?.found === true;
}

/** Until the transaction ends nobody else makes a user, in the browser or by a command. */
export async function lockUsers(trx: Knex.Transaction): Promise<void> {
  await trx.raw('lock table users in share row exclusive mode');
}

/** Gives a user that was imported before what the first user has. */
export async function updateFirstUser(
  trx: Knex.Transaction,
  userId: number,
  values: { readonly name: string; readonly passwordHash: string; readonly timeZone: string },
): Promise<void> {
  await trx('users').where({ id: userId }).update({
    name: values.name,
    password_hash: values.passwordHash,
    time_zone: values.timeZone,
    disabled_at: null,
  });
}
