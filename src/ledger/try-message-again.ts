import type { Knex } from 'knex';
import { execute } from '../db/query-rows.ts';
import { fetchAgain } from './fetch-again.ts';
import { ringKeeper } from './poll-requests.ts';

/**
 * Has a message that failed tried again at once. One that was given up because it could not be
 * fetched, or was too large to be, is fetched if it is still where it was seen.
 *
 * @returns false when it waits for no try.
 */
export async function tryMessageAgain(trx: Knex.Transaction, id: number): Promise<boolean> {
  const unfiled = await execute(
    trx,
    `update inbound_messages set next_try_at = now()
      where id = ? and state = 'failed' and original_id is not null`,
    [id],
  );
  if (unfiled === 0) return (await fetchAgain(trx, [id])).length > 0;
  await ringKeeper(trx, 'unfiled');
  return true;
}
