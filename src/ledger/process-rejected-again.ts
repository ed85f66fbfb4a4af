import type { Knex } from 'knex';

import { callOffBounces, TRACE_OF_BEFORE } from './outcome-before.ts';
import { ringKeeper } from './poll-requests.ts';
import { deleteNotices } from '../inbox/notice-store.ts';
import { queryRows } from '../db/query-rows.ts';

/**
 * Puts the messages that were rejected because nobody had this address back to be filed; what was
 * decided before stays in the trace. Unsent bounces about them are called off.
 * The caller holds claimAddresses for the address. Rows are locked in the order in which the keeper
 * marks them as acknowledged.
 *
 * @returns how many messages will be filed again.
 */
export async function processRejectedAgain(
  trx: Knex.Transaction,
  address: string,
): Promise<number> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `update inbound_messages
        set state = 'stored', outcome = null, reason = null, attempts = 0, failures = 0,
            trace = ${TRACE_OF_BEFORE}
      where id in (select id from inbound_messages
                    where from_address = ? and outcome = 'rejected' and original_id is not null
                    order by id for update)
        and outcome = 'rejected'
      returning id`,
    [address],
  );
  const ids = rows.map((row) => row.id);
  await callOffBounces(trx, ids, 'The sender is a user now.');
  if (ids.length > 0) await ringKeeper(trx, 'unfiled');
  await deleteNotices(trx, ['owner-does-not-exist', 'sender-not-told'], address);
  return ids.length;
}
