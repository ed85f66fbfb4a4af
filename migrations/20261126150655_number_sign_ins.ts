import type { Knex } from 'knex';

/** A session carries the number that its user had at sign-in: raising it ends all of them. */
export async function up(db: Knex): Promise<void> {
  await db.raw('alter table users add column session_epoch integer not null default 0');
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table users drop column session_epoch');
}
