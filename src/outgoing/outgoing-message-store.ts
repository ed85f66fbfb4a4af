import type { Knex } from 'knex';
import type { BegunMessage } from './begin-sending.ts';

/**
 * Holds the row while it is being sent, so that others can tell a living sender from a dead one. One
 * who was slow to come this far may have been given up for dead; he knows that nothing has left yet,
 * and nobody else begins what is unknown.
 */
export async function holdSending(
  trx: Knex.Transaction,
  { id, attempts }: Pick<BegunMessage, 'id' | 'attempts'>,
): Promise<boolean> {
  const row = await trx('outgoing_messages')
    .where({ id, attempts })
    .whereIn('state', ['sending', 'unknown'])
    .forUpdate()
    .first('id');
  return row !== undefined;
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
      finished_at: null,
      next_try_at: trx.raw('clock_timestamp() + make_interval(secs => ?)', [seconds]),
    });
}
