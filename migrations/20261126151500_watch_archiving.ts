import type { Knex } from 'knex';

/**
 * What the health panel shows, at the same cost at any size: how much of a backlog is left, and what
 * became of messages in each quarter of an hour (the smallest step between two time zones). As with
 * message_counts changes are added as rows, and the program sums them up now and then.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table mailboxes
      add column enabled boolean not null default true,
      -- What the poll under way found in the folder, and what of it is not stored yet.
      add column backlog_total integer not null default 0,
      add column backlog_left integer not null default 0,
      add column backlog_since timestamptz,
      add column backlog_at timestamptz;

    create table message_quarters (
      quarter timestamptz not null,
      outcome text not null check (outcome in
        ('archived', 'unmatched', 'rejected', 'ignored', 'quarantined')),
      messages bigint not null
    );
    create index message_quarters_quarter on message_quarters (quarter);
    insert into message_quarters (quarter, outcome, messages)
    select date_bin('15 minutes', decided_at, '2000-01-01Z'), outcome, count(*) from inbound_messages
     where outcome is not null and decided_at > now() - interval '16 days' group by 1, 2;

    create function count_quarters() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into message_quarters (quarter, outcome, messages)
        select date_bin('15 minutes', decided_at, '2000-01-01Z'), outcome, count(*) from new_rows
         where outcome is not null and decided_at is not null group by 1, 2;
      else
        insert into message_quarters (quarter, outcome, messages)
        select date_bin('15 minutes', decided_at, '2000-01-01Z'), outcome, sum(change) from (
          select decided_at, outcome, 1 as change from new_rows
          union all
          select decided_at, outcome, -1 from old_rows) as changes
         where outcome is not null and decided_at is not null
         group by 1, 2 having sum(change) <> 0;
      end if;
      return null;
    end $$;
    create trigger inbound_messages_quarter_inserted after insert on inbound_messages
      referencing new table as new_rows for each statement execute function count_quarters();
    create trigger inbound_messages_quarter_updated after update on inbound_messages
      referencing old table as old_rows new table as new_rows
      for each statement execute function count_quarters();

    create index outgoing_messages_expired on outgoing_messages (finished_at) where state = 'expired';
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index outgoing_messages_expired;
    drop trigger inbound_messages_quarter_inserted on inbound_messages;
    drop trigger inbound_messages_quarter_updated on inbound_messages;
    drop function count_quarters();
    drop table message_quarters;
    alter table mailboxes drop column enabled, drop column backlog_total,
      drop column backlog_left, drop column backlog_since, drop column backlog_at;
  `);
}
