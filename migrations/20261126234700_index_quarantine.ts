import type { Knex } from 'knex';

/** What waits in quarantine is counted by the index alone: what is too large waits elsewhere. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    drop index inbound_messages_quarantine;
    create index inbound_messages_quarantine on inbound_messages (id)
      where outcome = 'quarantined' and dealt_with_at is null and reason <> 'too-large';
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index inbound_messages_quarantine;
    create index inbound_messages_quarantine on inbound_messages (id)
      where outcome = 'quarantined' and dealt_with_at is null;
  `);
}
