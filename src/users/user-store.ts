import type { Knex } from 'knex';

import type { UserFact } from '../archiving/facts.ts';
import { queryRows } from '../db/query-rows.ts';

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
