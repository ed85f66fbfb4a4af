import type { Knex } from 'knex';

/**
 * What people decide about emails. Every link, address, record and state that a decision made carries
 * its number: undoing it takes back what still does.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table decisions (
      id bigint generated always as identity primary key,
      actor_id integer not null references users,
      kind text not null check (kind in ('link', 'create-contact', 'create-lead', 'discard', 'unlink')),
      email_id bigint not null references emails on delete cascade,
      person_id integer references people on delete set null,
      at timestamptz not null default now(),
      undone_at timestamptz,
      undone_by integer references users,
      check ((undone_at is null) = (undone_by is null))
    );
    create index decisions_email on decisions (email_id, id);
    create index decisions_actor on decisions (actor_id, id);

    alter table emails
      -- The decision that brought it into the state it has.
      add column decision_id bigint references decisions on delete set null,
      add column discarded_at timestamptz,
      add check ((state = 'discarded') = (discarded_at is not null));
    create index emails_decision on emails (decision_id) where decision_id is not null;
    create index emails_discarded on emails (owner_id, id) where state = 'discarded';

    alter table email_people
      add column decision_id bigint references decisions on delete set null,
      -- "Wrong person": kept, so that the address does not link it again.
      add column unlinked_by bigint references decisions on delete set null;
    alter table email_people drop constraint email_people_linked_by_check;
    alter table email_people add check (linked_by in ('filing', 'rematch', 'decision'));
    create index email_people_decision on email_people (decision_id) where decision_id is not null;
    create index email_people_unlinked on email_people (unlinked_by) where unlinked_by is not null;

    alter table person_addresses add column decision_id bigint references decisions on delete set null;
    create index person_addresses_decision on person_addresses (decision_id) where decision_id is not null;
    alter table people add column decision_id bigint references decisions on delete set null;
    alter table pending_rematches add column decision_id bigint references decisions on delete set null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table pending_rematches drop column decision_id;
    alter table people drop column decision_id;
    alter table person_addresses drop column decision_id;
    alter table email_people drop column unlinked_by, drop column decision_id;
    alter table emails drop column discarded_at, drop column decision_id;
    drop table decisions;
  `);
}
