import type { Knex } from 'knex';

/**
 * The search vector of an email is written with it, of each word once, rather than generated of the whole
 * text. Those that are there stay as they are. There is no default: who forgets it can't write an email.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw('alter table emails alter column search drop expression');
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table emails
      drop column search,
      add column search tsvector not null generated always as (
        to_tsvector('simple'::regconfig,
          left(subject, 1000) || ' ' || left(search_words, 20000) || ' ' || left(text, 60000))) stored;
    create index emails_search on emails using gin (search);
  `);
}
