import type { Knex } from 'knex';
import { execute } from '../db/query-rows.ts';

/** Takes addresses from a record. What is linked by them stays; what was to be linked is not. */
export async function removeAddresses(
  trx: Knex.Transaction,
  personId: number,
  addresses: readonly string[],
): Promise<void> {
  if (addresses.length === 0) return;
  await execute(trx, 'delete from pending_rematches where person_id = ? and address = any(?)', [
    personId,
    addresses,
  ]);
  await execute(trx, 'delete from person_addresses where person_id = ? and address = any(?)', [
    personId,
    addresses,
  ]);
}

/** Makes one address of a record its primary one; in two steps, since no two may be so at once. */
export async function setPrimary(
  trx: Knex.Transaction,
  personId: number,
  address: string,
): Promise<void> {
  await execute(
    trx,
    `update person_addresses set is_primary = false
      where person_id = ? and is_primary and address <> ?`,
    [personId, address],
  );
  await execute(
    trx,
    `update person_addresses set is_primary = true
      where person_id = ? and not is_primary and address = ?`,
    [personId, address],
  );
}
