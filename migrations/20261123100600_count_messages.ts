import type { Knex } from 'knex';

/**
 * How many messages have each outcome: counting a million rows would cost every page view the same
 * again. Changes are added as rows, never written into one, so that filings do not wait for each
 * other; the program sums them up now and then.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table message_counts (
      outcome text not null check (outcome in
        ('waiting', 'archived', 'unmatched', 'rejected', 'ignored', 'quarantined')),
      messages bigint not null
    );
    insert into message_counts (outcome, messages)
    select coalesce(outcome, 'waiting'), count(*) from inbound_messages
     where state <> 'gone' group by 1;

    create function count_messages() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into message_counts (outcome, messages)
        select coalesce(outcome, 'waiting'), count(*) from new_rows
         where state <> 'gone' group by 1;
      elsif tg_op = 'DELETE' then
        insert into message_counts (outcome, messages)
        select coalesce(outcome, 'waiting'), -count(*) from old_rows
         where state <> 'gone' group by 1;
      elsif tg_op = 'UPDATE' then
        insert into message_counts (outcome, messages)
        select outcome, sum(change) from (
          select coalesce(outcome, 'waiting') as outcome, 1 as change from new_rows where state <> 'gone'
          union all
          select coalesce(outcome, 'waiting'), -1 from old_rows where state <> 'gone') as changes
         group by 1 having sum(change) <> 0;
      else
        delete from message_counts;
      end if;
      return null;
    end $$;

    create trigger inbound_messages_inserted after insert on inbound_messages
      referencing new table as new_rows for each statement execute function count_messages();
    create trigger inbound_messages_updated after update on inbound_messages
      referencing old table as old_rows new table as new_rows
      for each statement execute function count_messages();
    create trigger inbound_messages_deleted after delete on inbound_messages
      referencing old table as old_rows for each statement execute function count_messages();
    create trigger inbound_messages_truncated after truncate on inbound_messages
      for each statement execute function count_messages();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop trigger inbound_messages_inserted on inbound_messages;
    drop trigger inbound_messages_updated on inbound_messages;
    drop trigger inbound_messages_deleted on inbound_messages;
    drop trigger inbound_messages_truncated on inbound_messages;
    drop function count_messages();
    drop table message_counts;
  `);
}
