import type { Knex } from 'knex';

/** Sessions and rate limits have the columns that connect-pg-simple and rate-limiter-flexible name. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table sessions (
      sid text primary key,
      sess jsonb not null,
      expire timestamptz not null
    );
    create index sessions_expire on sessions (expire);
    create index sessions_user on sessions ((sess #>> '{passport,user}'));

    create table rate_limits (
      key text primary key,
      points integer not null default 0,
      expire bigint
    );

    -- Links sent to people: only a hash of what is in the link is kept.
    create table user_tokens (
      id integer generated always as identity primary key,
      kind text not null check (kind in ('invitation', 'password-reset', 'address')),
      user_id integer not null references users on delete cascade,
      address_id integer references user_addresses on delete cascade,
      token_hash bytea not null unique,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      check ((kind = 'address') = (address_id is not null))
    );
    create index user_tokens_user on user_tokens (user_id, kind);

    alter table users add column last_sign_in_at timestamptz;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table users drop column last_sign_in_at;
    drop table user_tokens, rate_limits, sessions;
  `);
}
