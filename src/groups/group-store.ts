import type { Knex } from 'knex';

import type { GroupKey } from './group-key.ts';

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
