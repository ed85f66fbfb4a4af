import type { Knex } from 'knex';
import type { Reason } from '../shared/outcome.ts';

/** Ends the work on a message that was not fetched: it is quarantined where it is. */
export async function leaveOnServer(
  trx: Knex.Transaction,
  id: number,
  reason: Extract<Reason, 'too-large' | 'could-not-be-fetched'>,
  error: string,
): Promise<void> {
  await trx('inbound_messages').where({ id }).update({
    state: 'acknowledged',
    outcome: 'quarantined',
    reason,
    error,
    next_try_at: null,
    decided_at: trx.fn.now(),
    acknowledged_at: trx.fn.now(),
    acknowledgement: 'left-on-server',
  });
}
