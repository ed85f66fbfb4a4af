import type { Knex } from 'knex';

/**
 * Full-text search over emails. "simple": mail is in any language. Bounded, since a tsvector holds at
 * most one megabyte; nobody looks for the sixty-thousandth character of a mail.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table emails
      -- What else an email is found by: its people and files, and signs of scripts without spaces.
      add column search_words text not null default '',
      add column search tsvector not null generated always as (
        to_tsvector('simple'::regconfig,
          left(subject, 1000) || ' ' || left(search_words, 20000) || ' ' || left(text, 60000))) stored;
    create index emails_search on emails using gin (search);
    create index emails_newest on emails (sent_at desc, id desc);
    create index emails_own on emails (owner_id, sent_at desc, id desc);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index emails_own, emails_newest, emails_search;
    alter table emails drop column search, drop column search_words;
  `);
}
