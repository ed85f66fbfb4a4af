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

/** Whether the user, active or not, is in the group. */
export async function isMember(db: Knex, userId: number, key: GroupKey): Promise<boolean> {
  const rows = await queryRows(
    db,
    `select from group_members m join groups g on g.id = m.group_id
      where m.user_id = ? and g.key = ?`,
    [userId, key],
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
