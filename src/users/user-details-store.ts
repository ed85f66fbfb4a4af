import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { IS_INVITED, type ListedUser } from './user-list-store.ts';

export interface UserAddress {
  readonly id: number;
  readonly address: string;
  readonly isPrimary: boolean;
  /** false: it waits until its owner, or an administrator, confirms it. */
  readonly verified: boolean;
}

export interface UserDetails extends ListedUser {
  readonly createdAt: Date;
  /**
   * Why the newest invitation that was queued has not gone out; null where it has, or none was, or
   * the user needs none: a link was made otherwise since, a password set, or the user deactivated.
   */
  readonly invitationProblem: string | null;
  /** It was cut off while it was sent, with its link; none was made since. It may have gone out. */
  readonly invitationUnknown: boolean;
  readonly addresses: readonly UserAddress[];
}

/** All that administrators see of a user; nothing of what the user archived. */
export async function findUserDetails(db: Knex, id: number): Promise<UserDetails | null> {
  const [user] = await queryRows<Omit<UserDetails, 'addresses'>>(
    db,
    `select u.id, u.name, coalesce(p.address, '') as address, u.disabled_at is null as active,
            u.password_hash is not null as "hasPassword", ${IS_INVITED} as invited, u.last_sign_in_at as "lastSignInAt",
            u.created_at as "createdAt",
            case when o.state in ('refused', 'expired', 'pending') then o.response end as "invitationProblem",
            coalesce(o.state = 'unknown' and ${IS_INVITED}, false) as "invitationUnknown",
            array(select g.key from group_members m join groups g on g.id = m.group_id
                   where m.user_id = u.id order by g.id) as groups
       from users u left join user_addresses p on p.user_id = u.id and p.is_primary
       left join lateral (
         select state, response, finished_at from outgoing_messages
          where user_id = u.id and kind = 'invitation' order by id desc limit 1) o
         on u.password_hash is null and u.disabled_at is null
            and not exists (select from user_tokens t where t.user_id = u.id and t.kind = 'invitation'
                               and (o.state <> 'unknown' or t.created_at > o.finished_at))
      where u.id = ?`,
    [id],
  );
  if (!user) return null;
  const addresses = await queryRows<UserAddress>(
    db,
    `select id, address, is_primary as "isPrimary", verified_at is not null as verified
       from user_addresses where user_id = ? order by is_primary desc, address`,
    [id],
  );
  return { ...user, addresses };
}

/** One of the user's addresses; null when it is not (or no longer) theirs. */
export async function findAddress(
  db: Knex,
  userId: number,
  addressId: number,
): Promise<UserAddress | null> {
  const [row] = await queryRows<UserAddress>(
    db,
    `select id, address, is_primary as "isPrimary", verified_at is not null as verified
       from user_addresses where id = ? and user_id = ?`,
    [addressId, userId],
  );
  return row ?? null;
}
