import type { Knex } from 'knex';

/**
 * Keys that are new are found through their index at once. With a list of pending entries, which PostgreSQL
 * works off when it vacuums, each question after an import read the whole list several times.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter index person_keys_keys set (fastupdate = off);
    alter index waiting_addresses_keys set (fastupdate = off);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter index person_keys_keys reset (fastupdate);
    alter index waiting_addresses_keys reset (fastupdate);
  `);
}
