import type { Knex } from 'knex';

/**
 * Messages that are processed again: compared first, applied once somebody has looked at the
 * difference. A worker does both; what it found is kept here, a row a message.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table reprocessings (
      id bigint generated always as identity primary key,
      actor_id integer not null references users,
      created_at timestamptz not null default now(),
      state text not null default 'comparing'
        check (state in ('comparing', 'compared', 'applying', 'applied'))
    );
    create index reprocessings_open on reprocessings (id) where state in ('comparing', 'applying');
    create table reprocessing_messages (
      reprocessing_id bigint not null references reprocessings on delete cascade,
      message_id bigint not null references inbound_messages on delete cascade,
      attempts integer not null default 0,
      -- null while it waits to be compared
      verdict text check (verdict in ('same', 'differs', 'fetch', 'by-hand', 'would-lose', 'waits',
        'gone', 'failed', 'changed', 'applied')),
      standing_then jsonb,
      standing_now jsonb,
      primary key (reprocessing_id, message_id)
    );
    create index reprocessing_messages_message on reprocessing_messages (message_id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table reprocessing_messages, reprocessings');
}
