import type { Knex } from 'knex';

/** Addresses are canonical (src/shared/email-address.ts): lower case, at most 320 characters. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table users (
      id integer generated always as identity primary key,
      name text not null check (length(name) between 1 and 200),
      password_hash text,
      time_zone text not null default 'UTC',
      language text not null default 'en',
      theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
      disabled_at timestamptz,
      created_at timestamptz not null default now()
    );

    create table user_addresses (
      id integer generated always as identity primary key,
      user_id integer not null references users on delete cascade,
      address text not null check (address = lower(address) and length(address) <= 320),
      is_primary boolean not null default false,
      verified_at timestamptz,
      created_at timestamptz not null default now(),
      unique (user_id, address)
    );
    create unique index user_addresses_verified on user_addresses (address) where verified_at is not null;
    create unique index user_addresses_primary on user_addresses (user_id) where is_primary;

    create table groups (
      id integer generated always as identity primary key,
      key text not null unique,
      name text not null unique
    );
    insert into groups (key, name) values
      ('super-administrators', 'Super Administrators'),
      ('administrators', 'Administrators'),
      ('everyone', 'Everyone');

    create table group_members (
      group_id integer not null references groups on delete cascade,
      user_id integer not null references users on delete cascade,
      primary key (group_id, user_id)
    );
    create index group_members_user on group_members (user_id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table group_members, groups, user_addresses, users');
}
