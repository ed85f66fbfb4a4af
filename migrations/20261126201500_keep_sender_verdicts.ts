import type { Knex } from 'knex';

/** What was found about each sender, so that policies can be compared; addresses that are let in. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table inbound_messages
      add column verdict text check (verdict in ('pass', 'none', 'fail', 'unknown')),
      -- A Super Administrator wants it filed, whatever is known of its sender.
      add column released_by integer references users,
      -- What was in quarantine and needs nobody's look any more.
      add column dealt_with_by integer references users,
      add column dealt_with_at timestamptz;

    create index inbound_messages_quarantine on inbound_messages (id)
      where outcome = 'quarantined' and dealt_with_at is null;

    create table allowed_senders (
      address text primary key check (address = lower(address)),
      created_by integer references users,
      created_at timestamptz not null default now()
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table allowed_senders;
    alter table inbound_messages drop column verdict, drop column released_by,
      drop column dealt_with_by, drop column dealt_with_at;
  `);
}
