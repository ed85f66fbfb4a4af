import type { Knex } from 'knex';
import { execute } from '../db/query-rows.ts';

/** More than anybody reads; the senders themselves are all listed under Rejected senders. */
const MOST_SENDERS = 500;

/**
 * Drops the oldest notices about senders where a user has very many: whoever makes up addresses makes
 * a notice of each for every Super Administrator. Those that are being raised now are left.
 */
export async function pruneNotices(db: Knex, most = MOST_SENDERS): Promise<number> {
  return await execute(
    db,
    `delete from notices where id in (
       select id from notices
        where id in (
          select id from (
            select id, row_number() over (partition by user_id, kind order by last_at desc, id desc) as place
              from notices where kind in ('owner-does-not-exist', 'sender-not-told')) placed
           where place > ?)
        for update skip locked)`,
    [most],
  );
}
