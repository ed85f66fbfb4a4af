import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { Viewer } from '../shared/viewer.ts';

/**
 * The user with their groups; null when there is none, or they are deactivated.
 *
 * @param epoch of the session that says so; null for who signs in just now.
 */
export async function findViewer(
  db: Knex,
  id: number,
  epoch: number | null,
): Promise<Viewer | null> {
  const [row] = await queryRows<Viewer>(
    db,
    `select u.id, u.name, u.time_zone as "timeZone", u.theme, coalesce(a.address, '') as address,
            u.keyboard_shortcuts as "keyboardShortcuts", u.muted_notices as "mutedNotices",
            array(select g.key from group_members m join groups g on g.id = m.group_id
                   where m.user_id = u.id) as groups
       from users u left join user_addresses a on a.user_id = u.id and a.is_primary
      where u.id = ? and u.disabled_at is null and u.session_epoch = coalesce(?, u.session_epoch)`,
    [id, epoch],
  );
  return row ?? null;
}
