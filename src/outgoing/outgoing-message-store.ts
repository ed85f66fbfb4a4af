import type { Knex } from 'knex';
import { isUniqueViolation } from '../db/is-unique-violation.ts';
import { execute } from '../db/query-rows.ts';
import type { BegunMessage } from './begin-sending.ts';

/** Holds the row while it is being sent, so that others can tell a living sender from a dead one. */
export async function holdSending(
  trx: Knex.Transaction,
  { id, attempts }: Pick<BegunMessage, 'id' | 'attempts'>,
): Promise<boolean> {
  const row = await trx('outgoing_messages')
    .where({ id, attempts, state: 'sending' })
    .forUpdate()
    .first('id');
  return row !== undefined;
}

/**
 * A sender that was slow to hold the row may have been given up for dead. It knows that nothing has left
 * yet, and nobody else begins what is unknown: so it begins once more, and commits that before a byte
 * leaves.
 *
 * @returns false when it is too late: for the message, or because another like it was queued since.
 */
export async function takeBack(
  db: Knex,
  { id, attempts }: Pick<BegunMessage, 'id' | 'attempts'>,
): Promise<boolean> {
  try {
    const rows = await db('outgoing_messages')
      .where({ id, attempts, state: 'unknown' })
      .where('expires_at', '>', db.fn.now())
      .update({ state: 'sending', sending_since: db.fn.now(), finished_at: null, response: null });
    return rows > 0;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/**
 * By the clock: now() would be when the transaction began, before a server took its time.
 *
 * @param response what the server said, or what went wrong; null: it was not wanted any more.
 */
export async function finishSending(
  trx: Knex.Transaction,
  id: number,
  state: 'sent' | 'refused' | 'unknown' | 'expired',
  response: string | null,
): Promise<void> {
  await trx('outgoing_messages')
    .where({ id })
    .update({ state, response, finished_at: trx.raw('clock_timestamp()') });
}

export async function tryAgainLater(
  trx: Knex.Transaction,
  id: number,
  seconds: number,
  response: string,
): Promise<void> {
  await trx('outgoing_messages')
    .where({ id })
    .update({
      state: 'pending',
      response,
      sending_since: null,
      next_try_at: trx.raw('clock_timestamp() + make_interval(secs => ?)', [seconds]),
    });
}

/** All that wait go on waiting until that one, which was put off, is tried again. */
export async function waitWith(db: Knex, id: number): Promise<void> {
  await execute(
    db,
    `update outgoing_messages o set next_try_at = first.next_try_at
       from outgoing_messages first
      where first.id = ? and o.state = 'pending' and o.next_try_at < first.next_try_at`,
    [id],
  );
}

/** What was put off is due: the settings that kept it may have been mended. */
export async function tryAllNow(trx: Knex.Transaction): Promise<void> {
  await trx('outgoing_messages')
    .where({ state: 'pending' })
    .where('next_try_at', '>', trx.fn.now())
    .update({ next_try_at: trx.fn.now() });
}
