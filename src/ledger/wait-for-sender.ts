import type { Knex } from 'knex';

import { queryRows } from '../db/query-rows.ts';
import { WAITS_FOR_DNS } from './shown-state.ts';

const MOST_HOURS = 4;

/**
 * Lets messages wait for the DNS: one minute at first, a quarter of an hour later. That is no try of the
 * message's own. One that has waited for four hours since it was stored waits no longer.
 *
 * @returns those that wait.
 */
export async function waitForSender(
  trx: Knex.Transaction,
  ids: readonly number[],
): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await queryRows<{ id: number }>(
    trx,
    `update inbound_messages
        set state = 'failed', error = ?, attempts = greatest(attempts - 1, 0),
            next_try_at = now() + least(interval '15 minutes',
              greatest(interval '1 minute', (now() - stored_at) / 2))
      where id = any(?) and stored_at > now() - make_interval(hours => ?)
      returning id`,
    [WAITS_FOR_DNS, ids, MOST_HOURS],
  );
  return new Set(rows.map((row) => row.id));
}
