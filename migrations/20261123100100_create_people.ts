import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table accounts (
      id integer generated always as identity primary key,
      name text not null check (length(name) between 1 and 200),
      created_at timestamptz not null default now()
    );
    create unique index accounts_name on accounts (lower(name));

    create table people (
      id integer generated always as identity primary key,
      kind text not null check (kind in ('contact', 'lead')),
      first_name text not null default '' check (length(first_name) <= 200),
      last_name text not null default '' check (length(last_name) <= 200),
      account_id integer references accounts on delete set null,
      created_at timestamptz not null default now(),
      deleted_at timestamptz
    );
    create index people_account on people (account_id);

    -- Several records may share an address: unique per record only.
    create table person_addresses (
      id integer generated always as identity primary key,
      person_id integer not null references people on delete cascade,
      address text not null check (address = lower(address) and length(address) <= 320),
      is_primary boolean not null default false,
      created_at timestamptz not null default now(),
      unique (person_id, address)
    );
    create index person_addresses_address on person_addresses (address);
    create unique index person_addresses_primary on person_addresses (person_id) where is_primary;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table person_addresses, people, accounts');
}
