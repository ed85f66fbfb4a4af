import type { Knex } from 'knex';

/**
 * What a user decides about many emails at once: a row that is worked off email by email, so that it goes
 * on after a restart, and whose decisions are undone together.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table bulk_actions (
      id bigint generated always as identity primary key,
      actor_id integer not null references users,
      kind text not null check (kind in ('link', 'create-leads', 'discard')),
      -- Link: to which record, and whether it gains the addresses.
      person_id integer references people on delete set null,
      add_addresses boolean not null default false,
      state text not null default 'running' check (state in ('running', 'done', 'undoing', 'undone')),
      at timestamptz not null default now(),
      finished_at timestamptz,
      check ((finished_at is null) = (state in ('running', 'undoing')))
    );
    create index bulk_actions_unfinished on bulk_actions (id) where state in ('running', 'undoing');

    create table bulk_emails (
      bulk_id bigint not null references bulk_actions on delete cascade,
      -- No foreign key: what became of an email is told even when it has been purged since.
      email_id bigint not null,
      -- null: it has not come to it yet. along: it was settled by the decision about another one of these.
      result text check (result in ('done', 'along', 'handled', 'gone', 'nobody', 'known', 'no-person', 'failed')),
      -- Who was faster; null where nobody decided.
      handled_by integer references users,
      handled_at timestamptz,
      primary key (bulk_id, email_id)
    );
    create index bulk_emails_left on bulk_emails (bulk_id, email_id) where result is null;

    alter table decisions add column bulk_id bigint references bulk_actions on delete set null;
    create index decisions_bulk on decisions (bulk_id, id) where bulk_id is not null;
    create index decisions_standing on decisions (actor_id, id) where undone_at is null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index decisions_standing;
    alter table decisions drop column bulk_id;
    drop table bulk_emails, bulk_actions;
  `);
}
