import type { Knex } from 'knex';

/**
 * Invitations of many users at once go through the outgoing queue, one waiting for each user at most.
 * The link is made when the mail is sent: no secret waits in the table.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table outgoing_messages
      add column user_id integer references users on delete cascade,
      drop constraint outgoing_messages_about,
      drop constraint outgoing_messages_kind_check,
      add constraint outgoing_messages_kind_check check (kind in ('bounce', 'digest', 'invitation')),
      add constraint outgoing_messages_about check (
        (kind = 'bounce') = (inbound_message_id is not null)
        and (kind = 'digest') = (digest_id is not null)
        and (kind = 'invitation') = (user_id is not null));
    create unique index outgoing_messages_invitation on outgoing_messages (user_id)
      where kind = 'invitation' and state in ('pending', 'sending');
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from outgoing_messages where kind = 'invitation';
    alter table outgoing_messages
      drop constraint outgoing_messages_about,
      drop constraint outgoing_messages_kind_check,
      drop column user_id,
      add constraint outgoing_messages_kind_check check (kind in ('bounce', 'digest')),
      add constraint outgoing_messages_about check (
        (kind = 'bounce') = (inbound_message_id is not null)
        and (kind = 'digest') = (digest_id is not null));
  `);
}
