import type { Knex } from 'knex';

/** Whether anybody can sign in: a database that somebody uses, or an earlier run of the demo. */
export async function hasUsers(db: Knex): Promise<boolean> {
  return (await db('users').first('id')) !== undefined;
}
