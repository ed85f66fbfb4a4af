import type { Knex } from 'knex';

import type { UserFact } from '../archiving/facts.ts';
import { execute, queryRows } from '../db/query-rows.ts';
import type { GroupKey } from '../shared/group-key.ts';

export interface NewUser {
  readonly name: string;
  readonly passwordHash: string | null;
}

export async function insertUser(trx: Knex.Transaction, user: NewUser): Promise<number> {
  const rows = await trx('users')
    .insert({ name: user.name, password_hash: user.passwordHash })
    .returning('id');
  const [row] = rows;
  if (!row) throw new Error('The database gave no id for a new user.');
  return row.id;
}

/** Somebody who is to set a password by an invitation. `email` is canonical. */
export interface InvitedUser {
  readonly name: string;
  readonly email: string;
  readonly groups: readonly GroupKey[];
}

/**
 * Inserts users with their verified address and groups. The caller holds claimAddresses, and nobody
 * has the addresses.
 *
 * @returns their ids, in their order.
 */
export async function insertInvitedUsers(
  trx: Knex.Transaction,
  users: readonly InvitedUser[],
): Promise<number[]> {
  const rows = await queryRows<{ id: number; name: string }>(
    trx,
    `insert into users (name)
     select name from unnest(?::text[]) with ordinality as given (name, n) order by n
     returning id, name`,
    [users.map(({ name }) => name)],
  );
  // The ids are given in the order of the rows; the rows may come back in another.
  const created = rows.sort((a, b) => a.id - b.id);
  if (created.some(({ name }, index) => name !== users[index]?.name)) {
    throw new Error('Users were not created in their order.');
  }
  const ids = created.map(({ id }) => id);
  await execute(
    trx,
    `insert into user_addresses (user_id, address, is_primary, verified_at)
     select id, address, true, now() from unnest(?::int[], ?::text[]) as given (id, address)`,
    [ids, users.map(({ email }) => email)],
  );
  const members = users.flatMap(({ groups }, index) =>
    [...new Set<GroupKey>(['everyone', ...groups])].map((key) => ({ id: ids[index], key })),
  );
  await execute(
    trx,
    `insert into group_members (group_id, user_id)
     select groups.id, given.id
       from unnest(?::int[], ?::text[]) as given (id, key) join groups on groups.key = given.key`,
    [members.map(({ id }) => id), members.map(({ key }) => key)],
  );
  return ids;
}

/** Who has this verified address; at most one user does. */
export async function findUserIdByAddress(db: Knex, address: string): Promise<number | null> {
  const row = await db('user_addresses')
    .where({ address })
    .whereNotNull('verified_at')
    .first('user_id');
  return row?.user_id ?? null;
}

export async function insertVerifiedAddress(
  trx: Knex.Transaction,
  userId: number,
  address: string,
): Promise<void> {
  const primary = await trx('user_addresses').where({ user_id: userId, is_primary: true }).first();
  await trx('user_addresses')
    .insert({
      user_id: userId,
      address,
      is_primary: primary === undefined,
      verified_at: trx.fn.now(),
    })
    .onConflict(['user_id', 'address'])
    .merge(['verified_at']);
}

/** Facts for the core: the users, active or not, whose verified address is among these. */
export async function findUserFacts(
  db: Knex,
  addresses: readonly string[],
): Promise<Map<string, UserFact>> {
  const rows = await queryRows<UserFactRow>(
    db,
    `select a.address, a.user_id as "userId", u.disabled_at is null as active,
            coalesce(p.address, a.address) as "primaryAddress"
       from user_addresses a
       join users u on u.id = a.user_id
       left join user_addresses p on p.user_id = a.user_id and p.is_primary
      where a.verified_at is not null and a.address = any(?)`,
    [addresses],
  );
  return new Map(rows.map(({ address, ...fact }) => [address, fact]));
}

interface UserFactRow extends UserFact {
  readonly address: string;
}
