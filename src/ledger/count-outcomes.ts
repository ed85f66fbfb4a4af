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
