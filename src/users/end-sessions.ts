import type { Knex } from 'knex';
import { execute } from '../db/query-rows.ts';

/**
 * Signs a user out everywhere: at deactivation, when the password changes, when asked to; in the
 * transaction that is the reason for it. Who asked stays in by `logIn` (log-in.ts) afterwards.
 *
 * Deleting the sessions would do, were there no requests under way that write theirs back.
 *
 * @returns how many ended.
 */
export async function endSessions(db: Knex, userId: number): Promise<number> {
  await execute(db, 'update users set session_epoch = session_epoch + 1 where id = ?', [userId]);
  return await execute(db, `delete from sessions where sess #>> '{passport,user}' = ?`, [
    String(userId),
  ]);
}
