import type { Knex } from 'knex';

/**
 * What this installation calls itself in the mail it sends. It is there before anybody asks: made
 * by the first who does, in a transaction, it would have all others wait for that one.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(
    `insert into settings (key, value) values ('instance-id', to_jsonb(gen_random_uuid()::text))
     on conflict (key) do nothing`,
  );
}

/** It stays: mail that carries it may still come back. */
export async function down(): Promise<void> {
  await Promise.resolve();
}
