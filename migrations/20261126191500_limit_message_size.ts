import type { Knex } from 'knex';

/**
 * The size up to which messages are fetched becomes a setting, one that was too large can be fetched
 * all the same, and its owner is told.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table mailboxes add column max_message_mb integer not null default 50
      check (max_message_mb between 1 and 100);
    -- Somebody has said that this one is to be fetched whatever the limit is.
    alter table inbound_messages add column any_size boolean not null default false;
    create index inbound_messages_too_large on inbound_messages (owner_id)
      where reason = 'too-large' and state = 'acknowledged';
    alter table notices drop constraint notices_kind_check;
    alter table notices add constraint notices_kind_check check (kind in
      ('unmatched', 'owner-does-not-exist', 'quarantined', 'sender-not-told', 'mailbox-problem',
       'too-large'));
    alter table users drop constraint users_muted_notices_check;
    alter table users add constraint users_muted_notices_check check (muted_notices <@ array
      ['unmatched', 'owner-does-not-exist', 'sender-not-told', 'mailbox-problem', 'too-large']);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    update users set muted_notices = array_remove(muted_notices, 'too-large');
    alter table users drop constraint users_muted_notices_check;
    alter table users add constraint users_muted_notices_check check (muted_notices <@ array
      ['unmatched', 'owner-does-not-exist', 'sender-not-told', 'mailbox-problem']);
    delete from notices where kind = 'too-large';
    alter table notices drop constraint notices_kind_check;
    alter table notices add constraint notices_kind_check check (kind in
      ('unmatched', 'owner-does-not-exist', 'quarantined', 'sender-not-told', 'mailbox-problem'));
    drop index inbound_messages_too_large;
    alter table inbound_messages drop column any_size;
    alter table mailboxes drop column max_message_mb;
  `);
}
