import type { Knex } from 'knex';

/** Two people edit one record: the later one is told who was faster. */
export async function up(db: Knex): Promise<void> {
  await db.raw('alter table people add column updated_by integer references users');
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table people drop column updated_by');
}
