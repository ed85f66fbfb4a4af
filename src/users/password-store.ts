import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { endSessions } from './end-sessions.ts';
import { voidPasswordTokens } from './user-token-store.ts';

export interface PasswordHolder {
  readonly name: string;
  readonly passwordHash: string | null;
  readonly addresses: readonly string[];
}

/** An active user with what a new password must not be made of; locked where a transaction asks. */
export async function findPasswordHolder(db: Knex, userId: number): Promise<PasswordHolder | null> {
  const [row] = await queryRows<PasswordHolder>(
    db,
    `select u.name, u.password_hash as "passwordHash",
            array(select a.address from user_addresses a where a.user_id = u.id) as addresses
       from users u where u.id = ? and u.disabled_at is null`,
    [userId],
  );
  return row ?? null;
}

/** Sets a password: all sessions end, and so do links that would set another. */
export async function replacePassword(
  trx: Knex.Transaction,
  userId: number,
  passwordHash: string,
): Promise<void> {
  await trx('users').where({ id: userId }).update({ password_hash: passwordHash });
  await voidPasswordTokens(trx, userId);
  await endSessions(trx, userId);
}
