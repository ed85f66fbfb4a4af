import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';

/** A stored message that this transaction may file; its row is locked until the end. */
export interface ClaimedMessage {
  readonly id: number;
  readonly mailbox_id: number;
  readonly original_id: number;
  readonly size: number;
  readonly internal_date: Date | null;
  readonly stored_at: Date;
  readonly attempts: number;
  readonly failures: number;
  readonly acknowledged_at: Date | null;
  /** Who let it in after it had been held back. */
  readonly released_by: number | null;
  /** What was decided before it was put back to be filed again. */
  readonly trace: { readonly before?: unknown } | null;
}

const CLAIMABLE = `original_id is not null
  and (state = 'stored' or (state = 'failed' and next_try_at <= now()))`;

/**
 * Counts that work on these messages begins, in a commit of its own: a message that takes the
 * process with it must not be tried for ever. What somebody works on already is passed over.
 *
 * @param fewerThan only messages that were begun less often are begun; null: all. The others are
 *   `left`, the least tried first: who takes those one by one begins each in its turn, so that none
 *   is counted whose turn never came.
 */
export async function beginAttempts(
  db: Knex,
  ids: readonly number[],
  fewerThan: number | null = null,
): Promise<{ readonly begun: readonly number[]; readonly left: readonly number[] }> {
  const rows = await queryRows<{ id: number; begins: boolean }>(
    db,
    // Losing this count in a crash of the machine costs one more try, so it need not wait for the disk.
    `with no_waiting as materialized (select set_config('synchronous_commit', 'off', true)),
       free as (
         select id, attempts, coalesce(attempts < :fewerThan::int, true) as begins from inbound_messages
          where id = any(:ids) and ${CLAIMABLE} for update skip locked),
       begun as (
         update inbound_messages m set attempts = m.attempts + 1
           from free where m.id = free.id and free.begins)
     select id, begins from free cross join no_waiting order by attempts, id`,
    { ids, fewerThan },
  );
  const idsWhere = (begins: boolean) =>
    rows.filter((row) => row.begins === begins).map((row) => row.id);
  return { begun: idsWhere(true), left: idsWhere(false) };
}

/** Locks those of the messages that are still to be filed and that nobody else has locked. */
export async function claimMessages(
  trx: Knex.Transaction,
  ids: readonly number[],
): Promise<ClaimedMessage[]> {
  const rows = await queryRows<ClaimedMessage>(
    trx,
    `select id, mailbox_id, original_id, size, internal_date, stored_at, attempts, failures,
            acknowledged_at, released_by, trace
       from inbound_messages
      where id = any(?) and ${CLAIMABLE}
      order by id for update skip locked`,
    [ids],
  );
  return rows;
}

/** Messages that wait to be filed: what a sweep queues. Sizes in bytes. */
export async function findUnfiled(
  db: Knex,
  limit: number,
): Promise<{ readonly id: number; readonly size: number; readonly failures: number }[]> {
  return await queryRows(
    db,
    `select id, size, failures from inbound_messages
      where state in ('stored', 'failed') and ${CLAIMABLE} order by id limit ?`,
    [limit],
  );
}

/** Puts a message aside for a while after its reading failed. */
export async function postpone(
  trx: Knex.Transaction,
  id: number,
  seconds: number,
  error: string,
): Promise<void> {
  await trx('inbound_messages')
    .where({ id })
    .update({
      state: 'failed',
      failures: trx.raw('failures + 1'),
      error,
      next_try_at: trx.raw('now() + make_interval(secs => ?)', [seconds]),
    });
}

/**
 * Takes attempts back after trouble that was not the messages' own. Does nothing when the database
 * is away: a message may be tried a little less often for that.
 */
export async function releaseAttempts(db: Knex, ids: readonly number[]): Promise<void> {
  await execute(
    db,
    `update inbound_messages set attempts = attempts - 1
      where id = any(?) and state in ('stored', 'failed') and attempts > 0`,
    [ids],
  ).catch(() => undefined);
}
