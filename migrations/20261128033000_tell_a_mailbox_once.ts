import type { Knex } from 'knex';

/**
 * A sender is told once a day that its mail was rejected, whatever tag its address has (RFC 5233: what
 * follows "+" in the local part): this finds what was sent to one mailbox. The expression is that of
 * bounce-store.ts.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(String.raw`
    create index outgoing_messages_bounced
      on outgoing_messages (regexp_replace(recipient, '^([^+]+)[+].*@', '\1@'), created_at)
      where kind = 'bounce'`);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop index outgoing_messages_bounced');
}
