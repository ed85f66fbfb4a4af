import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';

export interface SignInRow {
  readonly userId: number;
  /** null for somebody who was invited and has not set one yet. */
  readonly passwordHash: string | null;
}

/** The active user with this verified address. */
export async function findSignIn(db: Knex, address: string): Promise<SignInRow | null> {
  const [row] = await queryRows<SignInRow>(
    db,
    `select u.id as "userId", u.password_hash as "passwordHash"
       from user_addresses a join users u on u.id = a.user_id
      where a.address = ? and a.verified_at is not null and u.disabled_at is null`,
    [address],
  );
  return row ?? null;
}

/** The active user with this verified address, to write to; one without a password gets their first. */
export async function findResetRecipient(
  db: Knex,
  address: string,
): Promise<{ readonly userId: number; readonly name: string } | null> {
  const [row] = await queryRows<{ userId: number; name: string }>(
    db,
    `select u.id as "userId", u.name from user_addresses a join users u on u.id = a.user_id
      where a.address = ? and a.verified_at is not null and u.disabled_at is null`,
    [address],
  );
  return row ?? null;
}

/** @returns the user's session_epoch, for the new session. */
export async function noteSignIn(db: Knex, userId: number): Promise<number> {
  const [row] = await db('users')
    .where({ id: userId })
    .update({ last_sign_in_at: db.fn.now() })
    .returning('session_epoch');
  if (!row) throw new Error('Nobody is there to sign in.');
  return row.session_epoch;
}
