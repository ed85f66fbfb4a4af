import type { Knex } from 'knex';

import { queryRows } from '../db/query-rows.ts';
import type { GroupKey } from '../shared/group-key.ts';

export async function addToGroup(
  trx: Knex.Transaction,
  userId: number,
  key: GroupKey,
): Promise<void> {
  await trx.raw(
    `insert into group_members (group_id, user_id)
     select id, ? from groups where key = ?
     on conflict do nothing`,
    [userId, key],
  );
}

/** Whether the address, confirmed or not, is that of a Super Administrator. */
export async function isOfSuperAdministrator(db: Knex, address: string): Promise<boolean> {
  const rows = await queryRows(
    db,
    `select from user_addresses a
       join group_members m on m.user_id = a.user_id join groups g on g.id = m.group_id
      where a.address = ? and g.key = 'super-administrators' limit 1`,
    [address],
  );
  return rows.length > 0;
}

/** Ids of the active members. */
export async function findMembers(db: Knex, key: GroupKey): Promise<number[]> {
  const rows = await db('group_members')
    .join('groups', 'groups.id', 'group_members.group_id')
    .join('users', 'users.id', 'group_members.user_id')
    .where('groups.key', key)
    .whereNull('users.disabled_at')
    .orderBy('group_members.user_id')
    .select('group_members.user_id');
  return rows.map((row: { user_id: number }) => row.user_id);
}

/** Ids of the active members of both groups of administrators. */
export async function findAllAdministrators(db: Knex): Promise<number[]> {
  const members = [
    ...(await findMembers(db, 'administrators')),
    ...(await findMembers(db, 'super-administrators')),
  ];
  return [...new Set(members)];
}
