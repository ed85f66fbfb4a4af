import type { Knex } from 'knex';

/** What somebody decided in the last day is found without reading all that they ever decided. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    drop index decisions_standing;
    create index decisions_standing on decisions (actor_id, at, id) where undone_at is null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index decisions_standing;
    create index decisions_standing on decisions (actor_id, id) where undone_at is null;
  `);
}
