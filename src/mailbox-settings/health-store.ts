import type { Knex } from 'knex';

import { queryRows } from '../db/query-rows.ts';

/** A number that is counted so far only that it costs the same at any size. */
export interface BoundedCount {
  readonly count: number;
  /** There are more. */
  readonly more: boolean;
}

export interface MailboxPulse {
  readonly enabled: boolean;
  readonly problem: string | null;
  readonly problemSince: Date | null;
  readonly failures: number;
  /** Seconds since the mailbox was last looked into, by the database's clock; null: never. */
  readonly lastLookAge: number | null;
  readonly lastSuccessAt: Date | null;
  /** Until the next try after a failure, if one is being waited for. */
  readonly retryInSeconds: number | null;
  readonly pollSeconds: number;
  readonly backlogTotal: number;
  readonly backlogLeft: number;
  readonly backlogAge: number | null;
  /** Somebody asked for a poll and has no answer yet. */
  readonly asked: boolean;
}

/** null: no mailbox is set up. */
export async function readPulse(db: Knex): Promise<MailboxPulse | null> {
  const [row] = await queryRows<MailboxPulse>(
    db,
    `select enabled, problem, problem_since as "problemSince", failures,
            extract(epoch from now() - greatest(last_poll_at, backlog_at))::float8 as "lastLookAge",
            last_success_at as "lastSuccessAt",
            greatest(extract(epoch from next_try_at - now()), 0)::float8 as "retryInSeconds",
            poll_seconds as "pollSeconds",
            backlog_total as "backlogTotal", backlog_left as "backlogLeft",
            extract(epoch from now() - backlog_since)::float8 as "backlogAge",
            exists (select from poll_requests r
                     where r.mailbox_id = m.id and r.answered_at is null
                       and r.requested_at > now() - interval '10 minutes') as asked
       from mailboxes m where active`,
    [],
  );
  return row ?? null;
}

/** How long the message that waits longest for its outcome has been here; null: none waits. */
export async function readOldestWaitSeconds(db: Knex): Promise<number | null> {
  const [row] = await queryRows<{ seconds: number }>(
    db,
    `select extract(epoch from now() - stored_at)::float8 as seconds from inbound_messages
      where state = 'stored' order by id limit 1`,
    [],
  );
  return row?.seconds ?? null;
}

const MOST_UNMATCHED = 10_000;
const MOST_SENDERS = 1000;

export interface WaitingForPeople {
  readonly unmatched: BoundedCount;
  readonly users: number;
  readonly rejectedSenders: BoundedCount;
}

/**
 * What waits for people, of everybody: numbers only, so that no viewer is asked for. Users and
 * senders are found by one step through the index each.
 */
export async function readWaitingForPeople(db: Knex): Promise<WaitingForPeople> {
  const [row] = await queryRows<{ unmatched: number; users: number; senders: number }>(
    db,
    `with recursive owners as (
       (select owner_id from emails where state = 'unmatched' order by owner_id limit 1)
       union all
       select (select e.owner_id from emails e
                where e.state = 'unmatched' and e.owner_id > o.owner_id
                order by e.owner_id limit 1)
         from owners o where o.owner_id is not null),
     senders as (
       (select from_address, 1 as nth from inbound_messages where outcome = 'rejected'
         order by from_address limit 1)
       union all
       select (select m.from_address from inbound_messages m
                where m.outcome = 'rejected' and m.from_address > s.from_address
                order by m.from_address limit 1), s.nth + 1
         from senders s where s.from_address is not null and s.nth <= :senders)
     select (select count(*) from (select from emails where state = 'unmatched'
               limit :unmatched + 1) few) as unmatched,
            (select count(owner_id) from owners) as users,
            (select count(from_address) from senders
              where not exists (select from ignored_senders i where i.address = from_address)) as senders`,
    { unmatched: MOST_UNMATCHED, senders: MOST_SENDERS },
  );
  return {
    unmatched: bounded(row?.unmatched ?? 0, MOST_UNMATCHED),
    users: row?.users ?? 0,
    rejectedSenders: bounded(row?.senders ?? 0, MOST_SENDERS),
  };
}

function bounded(count: number, most: number): BoundedCount {
  return { count: Math.min(count, most), more: count > most };
}
