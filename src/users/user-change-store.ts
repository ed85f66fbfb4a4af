import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import type { GroupKey } from '../shared/group-key.ts';

export interface LockedUser {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
  readonly hasPassword: boolean;
  readonly groups: readonly GroupKey[];
}

/**
 * Locks who may do what until the transaction ends, then reads the user: of two administrators who
 * change it at once, the second sees what the first did.
 */
export async function lockUser(trx: Knex.Transaction, id: number): Promise<LockedUser | null> {
  await trx('groups').where({ key: 'super-administrators' }).forNoKeyUpdate().select('id');
  await trx('users').where({ id }).forNoKeyUpdate().select('id');
  const [user] = await queryRows<LockedUser>(
    trx,
    `select u.id, u.name, u.disabled_at is null as active, u.password_hash is not null as "hasPassword",
            array(select g.key from group_members m join groups g on g.id = m.group_id
                   where m.user_id = u.id order by g.id) as groups
       from users u where u.id = ?`,
    [id],
  );
  return user ?? null;
}

/** Whether another Super Administrator can sign in. The caller has locked a user. */
export async function hasOtherSuperAdministrator(
  trx: Knex.Transaction,
  userId: number,
): Promise<boolean> {
  const [row] = await queryRows<{ found: boolean }>(
    trx,
    `select exists (
       select from group_members m join groups g on g.id = m.group_id join users u on u.id = m.user_id
        where g.key = 'super-administrators' and u.id <> ? and u.disabled_at is null
          and u.password_hash is not null) as found`,
    [userId],
  );
  return row?.found === true;
}

/** Puts the user into exactly these groups, and Everyone. */
export async function replaceGroups(
  trx: Knex.Transaction,
  userId: number,
  groups: readonly GroupKey[],
): Promise<void> {
  const keys = [...groups, 'everyone'];
  await trx.raw(
    `delete from group_members where user_id = ?
        and group_id not in (select id from groups where key = any(?))`,
    [userId, keys],
  );
  await trx.raw(
    `insert into group_members (group_id, user_id) select id, ? from groups where key = any(?)
     on conflict do nothing`,
    [userId, keys],
  );
}

export async function updateName(
  trx: Knex.Transaction,
  userId: number,
  name: string,
): Promise<void> {
  await trx('users').where({ id: userId }).update({ name });
}

export async function setActive(
  trx: Knex.Transaction,
  userId: number,
  active: boolean,
): Promise<void> {
  await trx('users')
    .where({ id: userId })
    .update({ disabled_at: active ? null : trx.fn.now() });
}

/** Verified addresses of the user. */
export async function findVerifiedAddresses(db: Knex, userId: number): Promise<string[]> {
  const rows = await db('user_addresses')
    .where({ user_id: userId })
    .whereNotNull('verified_at')
    .orderBy('id')
    .select('address');
  return rows.map(({ address }) => address);
}

/**
 * Gives one user's unmatched emails to another, but for private ones, which are for their owner alone.
 * @returns how many.
 */
export async function reassignUnmatched(
  trx: Knex.Transaction,
  from: number,
  to: number,
): Promise<number> {
  return await execute(
    trx,
    `update emails set owner_id = ?
      where id in (select id from emails
                    where owner_id = ? and state = 'unmatched' and visibility = 'shared'
                    order by id for update)
        and state = 'unmatched'`,
    [to, from],
  );
}

/** How many emails reassignUnmatched would move. */
export async function countReassignable(db: Knex, userId: number): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from emails
      where owner_id = ? and state = 'unmatched' and visibility = 'shared'`,
    [userId],
  );
  return row?.count ?? 0;
}
