import type { Knex } from 'knex';

/** Addresses and domains whose mail is never archived. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table never_archive_rules (
      id integer generated always as identity primary key,
      -- Whose mail it is about; null: everybody's.
      user_id integer references users on delete cascade,
      -- A canonical address; without "@" a domain, for all addresses in it.
      pattern text not null check (pattern = lower(pattern) and length(pattern) between 1 and 320),
      created_by integer references users,
      created_at timestamptz not null default now(),
      decision_id bigint references decisions on delete set null
    );
    create unique index never_archive_rules_own on never_archive_rules (pattern, user_id)
      where user_id is not null;
    create unique index never_archive_rules_all on never_archive_rules (pattern) where user_id is null;
    create index never_archive_rules_pattern on never_archive_rules (pattern);
    create index never_archive_rules_user on never_archive_rules (user_id, id);
    create index never_archive_rules_decision on never_archive_rules (decision_id)
      where decision_id is not null;

    alter table email_participants drop constraint email_participants_kind_check;
    alter table email_participants add constraint email_participants_kind_check
      check (kind in ('correspondent', 'colleague', 'owner', 'archive', 'ruled-out'));
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    update email_participants set kind = 'correspondent' where kind = 'ruled-out';
    alter table email_participants drop constraint email_participants_kind_check;
    alter table email_participants add constraint email_participants_kind_check
      check (kind in ('correspondent', 'colleague', 'owner', 'archive'));
    drop table never_archive_rules;
  `);
}
