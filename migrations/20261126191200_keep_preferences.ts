import type { Knex } from 'knex';

/** What a user prefers: kinds of notices that they do not want, and keys for what is done often. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table users
      add column keyboard_shortcuts boolean not null default true,
      add column muted_notices text[] not null default '{}'
        check (muted_notices <@ array['unmatched', 'owner-does-not-exist', 'sender-not-told', 'mailbox-problem']);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('alter table users drop column muted_notices, drop column keyboard_shortcuts');
}
