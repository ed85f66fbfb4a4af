import type { Knex } from 'knex';

import { execute, queryRows } from '../db/query-rows.ts';
import { OUTCOMES, type Outcome } from '../shared/outcome.ts';

export interface OutcomeCounts {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Messages that have no outcome yet. */
  readonly waiting: number;
}

/** So many changes may lie beside each other before they are summed up. */
const MANY_CHANGES = 100;

/** How many messages had each outcome, and how many wait for theirs; costs the same at any size. */
export async function countOutcomes(db: Knex): Promise<OutcomeCounts> {
  const rows = await queryRows<{ outcome: Outcome | 'waiting'; count: number }>(
    db,
    'select outcome, sum(messages)::bigint as count from message_counts group by outcome',
    [],
  );
  const counts = new Map(rows.map(({ outcome, count }) => [outcome, count]));
  const outcomes = OUTCOMES.map((outcome) => [outcome, counts.get(outcome) ?? 0]);
  return {
    outcomes: Object.fromEntries(outcomes) as Record<Outcome, number>,
    waiting: counts.get('waiting') ?? 0,
  };
}

/** Sums up the changes that the ledger's triggers have noted since. Several may do so at once. */
export async function sumUpCounts(db: Knex): Promise<void> {
  await execute(
    db,
    `with changes as (
       delete from message_counts
        where (select count(*) from message_counts) > ? returning outcome, messages)
     insert into message_counts (outcome, messages)
     select outcome, sum(messages) from changes group by outcome having sum(messages) <> 0`,
    [MANY_CHANGES],
  );
}

/** A quarter of an hour with so many rows is summed up. */
const MANY_ROWS = 12;
/** How far back a health panel looks, and a bit more. */
const KEPT = '40 days';

/** The same for what became of messages in each quarter of an hour; forgets what nobody asks for. */
export async function sumUpQuarters(db: Knex): Promise<void> {
  await execute(
    db,
    `with crowded as (
       select quarter from message_quarters group by quarter having count(*) > ?),
     changes as (
       delete from message_quarters q using crowded c where q.quarter = c.quarter
       returning q.quarter, q.outcome, q.messages)
     insert into message_quarters (quarter, outcome, messages)
     select quarter, outcome, sum(messages) from changes
      group by quarter, outcome having sum(messages) <> 0`,
    [MANY_ROWS],
  );
  await execute(db, `delete from message_quarters where quarter < now() - ?::interval`, [KEPT]);
}

export interface DayCounts {
  /** Noon of the day in the time zone that was asked for. */
  readonly day: Date;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** What became of messages on each of the last days, today last; costs the same at any size. */
export async function countByDay(db: Knex, timeZone: string, days: number): Promise<DayCounts[]> {
  const rows = await queryRows<{ day: Date; outcome: Outcome | null; count: number }>(
    db,
    `with days as (
       select generate_series(0, :days - 1) as back, date_trunc('day', now() at time zone :zone) as today)
     select (today - make_interval(days => back) + interval '12 hours') at time zone :zone as day,
            q.outcome, coalesce(sum(q.messages), 0)::bigint as count
       from days left join message_quarters q
         on q.quarter >= (today - make_interval(days => back)) at time zone :zone
        and q.quarter < (today - make_interval(days => back - 1)) at time zone :zone
      group by 1, 2 order by 1`,
    { days, zone: timeZone },
  );
  const byDay = Map.groupBy(rows, ({ day }) => day.getTime());
  return [...byDay].map(([day, counts]) => {
    const of = (outcome: Outcome) => counts.find((row) => row.outcome === outcome)?.count ?? 0;
    const outcomes = OUTCOMES.map((outcome) => [outcome, of(outcome)]);
    return {
      day: new Date(day),
      outcomes: Object.fromEntries(outcomes) as Record<Outcome, number>,
    };
  });
}
