import type { Knex } from 'knex';

/** What people note about a record, and indexes by which lists are searched and paged. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create extension if not exists pg_trgm;

    alter table people
      add column title text not null default '' check (length(title) <= 200),
      add column phone text not null default '' check (length(phone) <= 100),
      add column note text not null default '' check (length(note) <= 10000),
      add column created_by integer references users,
      add column updated_at timestamptz not null default now(),
      add column converted_at timestamptz,
      add column deleted_by integer references users,
      -- "roe, jane": what lists are ordered by.
      add column sort_name text not null generated always as (
        lower(case when last_name = '' then first_name
                   when first_name = '' then last_name
                   else last_name || ', ' || first_name end)) stored;
    create index people_list on people (kind, sort_name, id) where deleted_at is null;
    create index people_bin on people (deleted_at) where deleted_at is not null;
    create index people_search on people using gin (lower(first_name || ' ' || last_name) gin_trgm_ops);
    create index person_addresses_search on person_addresses using gin (address gin_trgm_ops);
    create index accounts_search on accounts using gin (lower(name) gin_trgm_ops);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index accounts_search, person_addresses_search, people_search, people_bin, people_list;
    alter table people
      drop column sort_name, drop column deleted_by, drop column converted_at, drop column updated_at,
      drop column created_by, drop column note, drop column phone, drop column title;
  `);
}
