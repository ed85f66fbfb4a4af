import type { Knex } from 'knex';

/**
 * Whom the unknown addresses of waiting emails may belong to. Suggestions are worked out beside filing
 * and again when records change; every question that this asks has an index.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- What the ids in Message-ID, In-Reply-To and References are, as the first 8 bytes of their SHA-256.
    alter table emails add column conversation bigint[] not null default '{}';
    update emails
       set conversation = array[('x' || encode(substring(sha256(convert_to(
             substring(message_id from '<([^<>[:space:]]+)>'), 'UTF8')) from 1 for 8), 'hex')
           )::bit(64)::bigint]
     where message_id ~ '<[^<>[:space:]]+>';
    create index emails_conversation on emails using gin (conversation);

    -- By what a record is found for an unknown address: words of its name in all spellings, its mailboxes.
    create table person_keys (
      person_id integer primary key references people on delete cascade,
      keys text[] not null
    );
    create index person_keys_keys on person_keys using gin (keys);
    create index person_addresses_domain on person_addresses (split_part(address, '@', -1));

    -- Records whose keys are to be made again. Without a foreign key and with several rows for one record:
    -- writing a row never waits for anybody.
    create table changed_people (
      id bigint generated always as identity primary key,
      person_id integer not null
    );
    insert into changed_people (person_id) select id from people order by id;

    create function note_changed_person() returns trigger language plpgsql as $$
    begin
      insert into changed_people (person_id) values (new.id);
      return null;
    end $$;
    create function note_changed_address() returns trigger language plpgsql as $$
    begin
      insert into changed_people (person_id) values (coalesce(new.person_id, old.person_id));
      return null;
    end $$;
    create trigger people_changed
      after insert or update of first_name, last_name, account_id, deleted_at on people
      for each row execute function note_changed_person();
    create trigger person_addresses_changed
      after insert or delete or update of address, person_id on person_addresses
      for each row execute function note_changed_address();

    create table pending_suggestions (
      email_id bigint primary key references emails on delete cascade,
      attempts integer not null default 0,
      next_try_at timestamptz not null default now()
    );
    create index pending_suggestions_due on pending_suggestions (next_try_at);
    insert into pending_suggestions (email_id) select id from emails where state = 'unmatched';

    -- The unknown addresses that were asked about: a record that gains one of the keys may be theirs.
    create table waiting_addresses (
      email_id bigint not null references emails on delete cascade,
      address text not null,
      keys text[] not null,
      primary key (email_id, address)
    );
    create index waiting_addresses_keys on waiting_addresses using gin (keys);

    create table email_suggestions (
      email_id bigint not null references emails on delete cascade,
      address text not null,
      rank smallint not null check (rank between 1 and 5),
      person_id integer not null references people on delete cascade,
      strength text not null check (strength in ('strong', 'weak')),
      reasons jsonb not null,
      primary key (email_id, address, rank),
      unique (email_id, address, person_id)
    );
    create index email_suggestions_person on email_suggestions (person_id);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table email_suggestions, waiting_addresses, pending_suggestions;
    drop trigger person_addresses_changed on person_addresses;
    drop trigger people_changed on people;
    drop function note_changed_address, note_changed_person;
    drop table changed_people;
    drop index person_addresses_domain;
    drop table person_keys;
    drop index emails_conversation;
    alter table emails drop column conversation;
  `);
}
