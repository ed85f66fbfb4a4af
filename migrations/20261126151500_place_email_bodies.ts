import type { Knex } from 'knex';

/** Where the parts of an email's formatted body are in the original: the HTML is not stored twice. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`alter table emails add column body_parts jsonb`);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`alter table emails drop column body_parts`);
}
