import type { Knex } from 'knex';

/**
 * The archive log is paged by the time of receipt under each of its filters; only what has been
 * decided is in the indexes of what was decided, so that storing and reading cost no more than before.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create index inbound_messages_received on inbound_messages (stored_at, id);
    create index inbound_messages_outcome on inbound_messages (outcome, stored_at, id) where outcome is not null;
    create index inbound_messages_reason on inbound_messages (reason, stored_at, id) where reason is not null;
    create index inbound_messages_owner on inbound_messages (owner_id, stored_at, id) where owner_id is not null;
    create index inbound_messages_from on inbound_messages (from_address, stored_at, id) where from_address is not null;
    create index inbound_messages_message_id on inbound_messages (message_id) where message_id is not null;

    -- Rejected senders: each is found at its newest message, and by a part of its address.
    drop index inbound_messages_rejected;
    create index inbound_messages_rejected on inbound_messages (from_address, stored_at, id) where outcome = 'rejected';
    create index inbound_messages_rejected_search on inbound_messages
      using gin (from_address gin_trgm_ops) where outcome = 'rejected';
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index inbound_messages_rejected_search, inbound_messages_rejected, inbound_messages_message_id,
      inbound_messages_from, inbound_messages_owner, inbound_messages_reason, inbound_messages_outcome,
      inbound_messages_received;
    create index inbound_messages_rejected on inbound_messages (from_address) where outcome = 'rejected';
  `);
}
