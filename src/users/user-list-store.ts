import type { Knex } from 'knex';
import { containing } from '../db/like-pattern.ts';
import { queryRows } from '../db/query-rows.ts';
import { cutPage } from '../shared/cut-page.ts';
import type { GroupKey } from '../shared/group-key.ts';

export interface ListedUser {
  readonly id: number;
  readonly name: string;
  /** The primary address; '' for a user without one. */
  readonly address: string;
  readonly groups: readonly GroupKey[];
  readonly active: boolean;
  readonly hasPassword: boolean;
  /** Whether a link to set a password was ever made, or an invitation is on its way. */
  readonly invited: boolean;
  readonly lastSignInAt: Date | null;
}

export type UserState = 'active' | 'invited' | 'not-invited' | 'deactivated';

export interface UserFilter {
  /** Part of a name or an address; '' for all. */
  readonly text: string;
  readonly state: 'all' | UserState;
}

/** Where a page of the list begins: after, or before, a user; both null for the first. */
export interface UserPlace {
  readonly after: number | null;
  readonly before: number | null;
}

export interface UserList {
  readonly rows: readonly ListedUser[];
  /** Whether there are others before and after these. */
  readonly earlier: boolean;
  readonly later: boolean;
}

/**
 * Invited: no password yet. Not invited: nobody has sent them a link either, as after an import. Somebody
 * deactivated is nothing else.
 */
export function stateOf({
  active,
  hasPassword,
  invited,
}: Pick<ListedUser, 'active' | 'hasPassword' | 'invited'>): UserState {
  if (!active) return 'deactivated';
  if (hasPassword) return 'active';
  return invited ? 'invited' : 'not-invited';
}

/** For a query in which a user is `u`. */
export const IS_INVITED = `
  (exists (select from user_tokens t where t.user_id = u.id and t.kind = 'invitation')
   or exists (select from outgoing_messages o where o.user_id = u.id and o.kind = 'invitation'
                 and o.state in ('pending', 'sending')))`;

const STATES: Readonly<Record<UserFilter['state'], string>> = {
  all: 'true',
  active: 'u.disabled_at is null and u.password_hash is not null',
  invited: `u.disabled_at is null and u.password_hash is null and ${IS_INVITED}`,
  'not-invited': `u.disabled_at is null and u.password_hash is null and not ${IS_INVITED}`,
  deactivated: 'u.disabled_at is not null',
};

/** A page of the users, by name. */
export async function listUsers(
  db: Knex,
  { text, state }: UserFilter,
  { after, before }: UserPlace,
  limit: number,
): Promise<UserList> {
  const backwards = before !== null;
  const found = await queryRows<ListedUser>(
    db,
    `select u.id, u.name, coalesce(p.address, '') as address, u.disabled_at is null as active,
            u.password_hash is not null as "hasPassword", ${IS_INVITED} as invited, u.last_sign_in_at as "lastSignInAt",
            array(select g.key from group_members m join groups g on g.id = m.group_id
                   where m.user_id = u.id order by g.id) as groups
       from users u left join user_addresses p on p.user_id = u.id and p.is_primary
      where (:text = '' or u.name ilike :pattern
             or exists (select from user_addresses a where a.user_id = u.id and a.address ilike :pattern))
        and ${STATES[state]}
        and (:place::int is null or (lower(u.name), u.id) ${backwards ? '<' : '>'}
             (select lower(name), id from users where id = :place))
      order by lower(u.name) ${backwards ? 'desc, u.id desc' : ', u.id'} limit :limit`,
    { text, pattern: containing(text), place: before ?? after, limit: limit + 1 },
  );
  const page = cutPage(found, { size: limit, backwards, begun: after !== null });
  return { rows: page.shown, earlier: page.earlier, later: page.later };
}

/** Active users to choose from, by name. */
export async function findActiveUsers(
  db: Knex,
): Promise<{ id: number; name: string; address: string }[]> {
  return await queryRows(
    db,
    `select u.id, u.name, coalesce(p.address, '') as address
       from users u left join user_addresses p on p.user_id = u.id and p.is_primary
      where u.disabled_at is null order by lower(u.name), u.id`,
    [],
  );
}

/** Those who can sign in: whoever was imported and has no password is not active yet. */
export async function countActiveUsers(db: Knex): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from users u where ${STATES.active}`,
    [],
  );
  return row?.count ?? 0;
}
