import type { Knex } from 'knex';

/**
 * What is still to be filed, fetched or put away is found through an index of just that. With one for all
 * three the planner, which has no statistics while a backlog comes in, went through the whole folder instead.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    drop index inbound_messages_unfinished;
    create index inbound_messages_unfinished on inbound_messages (id)
      where state in ('stored', 'failed');
    create index inbound_messages_unfetched on inbound_messages (mailbox_id, uidvalidity, uid)
      where state = 'failed' and original_id is null;
    create index inbound_messages_decided on inbound_messages (mailbox_id, uidvalidity, uid)
      where state = 'decided' and original_id is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index inbound_messages_decided, inbound_messages_unfetched, inbound_messages_unfinished;
    create index inbound_messages_unfinished on inbound_messages (state, id)
      where state in ('stored', 'failed', 'decided');
  `);
}
