import type { Knex } from 'knex';

/**
 * Texts of emails are no longer compressed: it cost a third of inserting an email. What is kept grows by a
 * twentieth with mail of which a quarter has attachments. Texts that are there stay as they are.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw('alter table emails alter column text set storage external');
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table emails alter column text set storage extended');
}
