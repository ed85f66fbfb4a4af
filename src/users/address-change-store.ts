import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { UserAddress } from './user-details-store.ts';

/** Addresses that wait, at most, for one user: each sends a mail to somebody who may not have asked. */
export const MAX_WAITING = 5;
/** Addresses that one user adds in a day, at most; removed ones count, since mail went to them. */
export const MAX_A_DAY = 20;
/** In the audit log. */
export const OWN_ADDRESS_ADDED = 'user.own-address-added';

/** One of a user's addresses, locked; null when it is not (or no longer) theirs. */
export async function lockAddress(
  trx: Knex.Transaction,
  userId: number,
  addressId: number,
): Promise<UserAddress | null> {
  // The user first, in the order of whoever changes several of their addresses.
  await trx('users').where({ id: userId }).forNoKeyUpdate().select('id');
  const [row] = await queryRows<UserAddress>(
    trx,
    `select id, address, is_primary as "isPrimary", verified_at is not null as verified
       from user_addresses where id = ? and user_id = ? for update`,
    [addressId, userId],
  );
  return row ?? null;
}

/** Of one user's own additions: those that are not confirmed yet. The user is locked until the end. */
export async function countWaiting(trx: Knex.Transaction, userId: number): Promise<number> {
  await trx('users').where({ id: userId }).forNoKeyUpdate().select('id');
  const [row] = await queryRows<{ count: number }>(
    trx,
    `select count(*) as count from user_addresses where user_id = ? and verified_at is null`,
    [userId],
  );
  return row?.count ?? 0;
}

/** Adds an address that is to be confirmed. @returns null when the user has it already. */
export async function insertWaitingAddress(
  trx: Knex.Transaction,
  userId: number,
  address: string,
): Promise<number | null> {
  const rows = await trx('user_addresses')
    .insert({ user_id: userId, address, is_primary: false, verified_at: null })
    .onConflict(['user_id', 'address'])
    .ignore()
    .returning('id');
  return rows[0]?.id ?? null;
}

export async function deleteAddress(trx: Knex.Transaction, addressId: number): Promise<void> {
  await trx('user_addresses').where({ id: addressId }).delete();
}

/** The caller has locked the address. */
export async function setPrimary(
  trx: Knex.Transaction,
  userId: number,
  addressId: number,
): Promise<void> {
  await trx('user_addresses')
    .where({ user_id: userId, is_primary: true })
    .update({ is_primary: false });
  await trx('user_addresses').where({ id: addressId }).update({ is_primary: true });
}

/** How many addresses the user has added in the last day. The user is locked. */
export async function countAddedLately(trx: Knex.Transaction, userId: number): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    trx,
    `select count(*) as count from audit_log
      where actor_id = ? and action = ? and at > now() - interval '1 day'`,
    [userId, OWN_ADDRESS_ADDED],
  );
  return row?.count ?? 0;
}

/** Whether a link was made for the address within the last minute. The address is locked. */
export async function wasLinkMadeLately(
  trx: Knex.Transaction,
  addressId: number,
): Promise<boolean> {
  const [row] = await queryRows<{ found: boolean }>(
    trx,
    `select exists (select from user_tokens where address_id = ?
                       and created_at > now() - interval '1 minute') as found`,
    [addressId],
  );
  return row?.found === true;
}
