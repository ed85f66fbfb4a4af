import type { Knex } from 'knex';

/** A digest asks what of a user's was archived since the last one, whatever else they have. */
export async function up(db: Knex): Promise<void> {
  await db.raw(
    `create index emails_archived_since on emails (owner_id, created_at) where state = 'archived'`,
  );
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop index emails_archived_since');
}
