import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { TrustVerdict } from '../shared/outcome.ts';

export type VerdictCounts = Readonly<Record<TrustVerdict, number>>;

/** What was found about the senders of users' mail in the last 30 days. Not counted: what was not checked. */
export async function countVerdicts(db: Knex): Promise<VerdictCounts> {
  const rows = await queryRows<{ verdict: TrustVerdict; count: number }>(
    db,
    `select verdict, count(*)::int as count from inbound_messages
      where stored_at > now() - interval '30 days' and verdict is not null and owner_id is not null
      group by verdict`,
    [],
  );
  const counts = { pass: 0, none: 0, fail: 0, unknown: 0 };
  for (const { verdict, count } of rows) counts[verdict] = count;
  return counts;
}
