import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';

/** Minutes until the next try after each failure, and from then on once a day. */
const RETRY_MINUTES = [1, 5, 30, 120] as const;
const DAY_MINUTES = 24 * 60;

/** Notes that suggestions are to be worked out for these waiting emails, as soon as somebody can. */
export async function requestSuggestions(db: Knex, emailIds: readonly number[]): Promise<void> {
  if (emailIds.length === 0) return;
  await execute(
    db,
    `insert into pending_suggestions (email_id)
     select id from unnest(?::bigint[]) as r(id) order by id
     on conflict (email_id) do update set attempts = 0, next_try_at = now()`,
    [emailIds],
  );
}

/** The next emails that are due; their rows stay locked, and others pass them over. */
export async function claimPending(trx: Knex.Transaction, most: number): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `select email_id as id from pending_suggestions where next_try_at <= now()
      order by next_try_at, email_id limit ? for update skip locked`,
    [most],
  );
  return rows.map(({ id }) => id);
}

export async function finishPending(
  trx: Knex.Transaction,
  emailIds: readonly number[],
): Promise<void> {
  await execute(trx, 'delete from pending_suggestions where email_id = any(?)', [emailIds]);
}

/** @returns minutes until the next try; null where somebody else has done it meanwhile. */
export async function postponePending(db: Knex, emailId: number): Promise<number | null> {
  const [row] = await queryRows<{ attempts: number }>(
    db,
    `update pending_suggestions set attempts = attempts + 1 where email_id = ? returning attempts`,
    [emailId],
  );
  if (!row) return null;
  const minutes = RETRY_MINUTES[row.attempts - 1] ?? DAY_MINUTES;
  await execute(
    db,
    `update pending_suggestions set next_try_at = now() + make_interval(mins => ?) where email_id = ?`,
    [minutes, emailId],
  );
  return minutes;
}
