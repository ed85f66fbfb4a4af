import type { Knex } from 'knex';

/** What the Inbox is counted and paged by, and what the deletion of discarded emails looks up. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create index notices_list on notices (user_id, last_at, id);
    create index notices_unread on notices (user_id) where read_at is null;
    create index inbound_messages_quarantined on inbound_messages (decided_at)
      where outcome = 'quarantined';
    create index emails_discarded_at on emails (discarded_at) where state = 'discarded';
    create index inbound_messages_original on inbound_messages (original_id);
    create index people_decision on people (decision_id) where decision_id is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index people_decision, inbound_messages_original, emails_discarded_at,
      inbound_messages_quarantined, notices_unread, notices_list;
  `);
}
