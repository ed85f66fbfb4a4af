import type { Knex } from 'knex';

/** How many recipients of a mail to very many are not kept with it. */
export async function up(db: Knex): Promise<void> {
  await db.raw('alter table emails add column recipients_left_out integer not null default 0');
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table emails drop column recipients_left_out');
}
