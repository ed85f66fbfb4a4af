import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';

/** Those of the addresses for which processRejectedAgain has something to do. */
export async function findRejectedAmong(
  db: Knex,
  addresses: readonly string[],
): Promise<readonly string[]> {
  const rows = await queryRows<{ address: string }>(
    db,
    `select from_address as address from inbound_messages
      where from_address = any(:addresses) and outcome = 'rejected'
      union
     select subject from notices
      where kind in ('owner-does-not-exist', 'sender-not-told') and subject = any(:addresses)`,
    { addresses },
  );
  return rows.map(({ address }) => address);
}
