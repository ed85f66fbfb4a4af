import type { Knex } from 'knex';

/** Strangers whose mail is no longer worth a notice or a bounce. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table ignored_senders (
      address text primary key check (address = lower(address) and length(address) <= 320),
      created_by integer references users,
      created_at timestamptz not null default now()
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table ignored_senders');
}
