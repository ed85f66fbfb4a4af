import type { Knex } from 'knex';

/**
 * A digest is decided about once per user and local date: the row says that it was, also where there
 * was nothing to tell. What is sent is an outgoing message, like a bounce.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table users
      add column digest_hour smallint check (digest_hour between 0 and 23),
      add column digest_since timestamptz,
      add constraint users_digest check ((digest_hour is null) = (digest_since is null));

    create table digests (
      id bigint generated always as identity primary key,
      user_id integer not null references users on delete cascade,
      local_date date not null,
      made_at timestamptz not null default now(),
      unique (user_id, local_date)
    );

    alter table outgoing_messages
      alter column inbound_message_id drop not null,
      add column digest_id bigint unique references digests on delete cascade,
      drop constraint outgoing_messages_kind_check,
      add constraint outgoing_messages_kind_check check (kind in ('bounce', 'digest')),
      add constraint outgoing_messages_about check (
        (kind = 'bounce') = (inbound_message_id is not null)
        and (kind = 'digest') = (digest_id is not null));
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from outgoing_messages where kind = 'digest';
    alter table outgoing_messages
      drop constraint outgoing_messages_about,
      drop constraint outgoing_messages_kind_check,
      add constraint outgoing_messages_kind_check check (kind in ('bounce')),
      drop column digest_id,
      alter column inbound_message_id set not null;
    drop table digests;
    alter table users drop constraint users_digest, drop column digest_since, drop column digest_hour;
  `);
}
