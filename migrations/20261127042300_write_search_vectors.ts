import type { Knex } from 'knex';

/**
 * The search vector of an email is written with it, of each word once, rather than generated of the whole
 * text. Those that are there stay as they are. A process of before, which still runs while this one brings the
 * tables up to date, writes none: it is made as it was, or its mail would be quarantined.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table emails alter column search drop expression;
    create function make_missing_search() returns trigger language plpgsql as $$
    begin
      new.search := to_tsvector('simple'::regconfig,
        left(new.subject, 1000) || ' ' || left(new.search_words, 20000) || ' ' || left(new.text, 60000));
      return new;
    end $$;
    create trigger make_missing_search before insert on emails
      for each row when (new.search is null) execute function make_missing_search();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger make_missing_search on emails;
    drop function make_missing_search;
    alter table emails
      drop column search,
      add column search tsvector not null generated always as (
        to_tsvector('simple'::regconfig,
          left(subject, 1000) || ' ' || left(search_words, 20000) || ' ' || left(text, 60000))) stored;
    create index emails_search on emails using gin (search);
  `);
}
