import type { Knex } from 'knex';

import { claimAddresses } from '../db/advisory-locks.ts';
import { queryRows } from '../db/query-rows.ts';
import { deleteNotices } from '../inbox/notice-store.ts';

/** Which of these addresses belong to senders whose mail is ignored. */
export async function findIgnoredSenders(
  db: Knex,
  addresses: readonly string[],
): Promise<Set<string>> {
  const rows = await queryRows<{ address: string }>(
    db,
    'select address from ignored_senders where address = any(?)',
    [addresses],
  );
  return new Set(rows.map(({ address }) => address));
}

/**
 * From now on mail of this sender is ignored, as long as no user has the address. What was rejected
 * stays rejected; its notices go. The lock makes sure that no mail of the sender is being filed now,
 * so that no notice comes after those that go.
 */
export async function ignoreSender(
  trx: Knex.Transaction,
  address: string,
  actorId: number,
): Promise<void> {
  await claimAddresses(trx, [address]);
  await trx('ignored_senders')
    .insert({ address, created_by: actorId })
    .onConflict('address')
    .ignore();
  await deleteNotices(trx, ['owner-does-not-exist', 'sender-not-told'], address);
}

/** @returns whether the sender was ignored until now. */
export async function stopIgnoringSender(trx: Knex.Transaction, address: string): Promise<boolean> {
  return (await trx('ignored_senders').where({ address }).delete()) > 0;
}
