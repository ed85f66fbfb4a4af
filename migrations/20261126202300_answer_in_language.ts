import type { Knex } from 'knex';

/** The language that whoever is bounced most likely reads, known only while the mail is at hand. */
export async function up(db: Knex): Promise<void> {
  await db.raw('alter table outgoing_messages add column language text');
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table outgoing_messages drop column language');
}
