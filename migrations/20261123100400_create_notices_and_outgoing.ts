import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table notices (
      id bigint generated always as identity primary key,
      user_id integer not null references users on delete cascade,
      kind text not null check (kind in ('unmatched', 'owner-does-not-exist', 'quarantined', 'sender-not-told', 'mailbox-problem')),
      subject text not null default '',
      first_at timestamptz not null default now(),
      last_at timestamptz not null default now(),
      read_at timestamptz,
      unique (user_id, kind, subject)
    );

    create table outgoing_messages (
      id bigint generated always as identity primary key,
      kind text not null check (kind in ('bounce')),
      state text not null check (state in ('pending', 'sending', 'sent', 'refused', 'expired', 'unknown')),
      recipient text not null,
      inbound_message_id bigint not null unique references inbound_messages,
      attempts integer not null default 0,
      created_at timestamptz not null default now(),
      next_try_at timestamptz not null default now(),
      expires_at timestamptz not null,
      sending_since timestamptz,
      finished_at timestamptz,
      response text
    );
    create index outgoing_messages_unfinished on outgoing_messages (next_try_at) where state in ('pending', 'sending');
    create index outgoing_messages_recipient on outgoing_messages (recipient, created_at);
    create index outgoing_messages_left on outgoing_messages (finished_at) where state in ('sent', 'unknown');

    create table settings (
      key text primary key,
      value jsonb not null,
      updated_at timestamptz not null default now()
    );

    create table audit_log (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      actor_id integer references users,
      action text not null,
      detail jsonb not null default '{}'
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table audit_log, settings, outgoing_messages, notices');
}
