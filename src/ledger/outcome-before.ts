import type { Knex } from 'knex';

/** The trace of a message that is decided about anew: what was decided before stays in it. SQL. */
export const TRACE_OF_BEFORE = `jsonb_build_object('before', jsonb_build_object(
  'outcome', outcome, 'reason', reason, 'decidedAt', decided_at))`;

/** Calls off what was to be answered and has not been sent. `why` is shown with the message. */
export async function callOffBounces(
  trx: Knex.Transaction,
  messageIds: readonly number[],
  why: string,
): Promise<void> {
  await trx('outgoing_messages')
    .whereIn('inbound_message_id', messageIds)
    .where({ state: 'pending' })
    .update({ state: 'expired', finished_at: trx.fn.now(), response: why });
}
