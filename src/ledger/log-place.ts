import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { LogCondition } from './log-search.ts';

/** Where a page begins: before a message (older ones), or after it (newer ones); both null for the newest. */
export interface LogPlace {
  readonly before: number | null;
  readonly after: number | null;
}

/** As a condition: compared as the database has its time, whose microseconds a Date lacks. */
export async function placeCondition(
  db: Knex,
  { before, after }: LogPlace,
): Promise<LogCondition | null> {
  const id = after ?? before;
  if (id === null) return null;
  const [row] = await queryRows<{ at: string }>(
    db,
    'select stored_at::text as at from inbound_messages where id = ?',
    [id],
  );
  if (!row) return null;
  const compare = after === null ? '<' : '>';
  return { sql: `(m.stored_at, m.id) ${compare} (?::timestamptz, ?)`, bindings: [row.at, id] };
}
