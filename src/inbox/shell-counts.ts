import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { NOT_TAKEN } from '../data-cleanup/bulk/not-taken.ts';
import type { ShellCounts } from '../http/shell.ts';
import type { Viewer } from '../shared/viewer.ts';
import { OWN_NOTICES, ownBindings } from './notice-list-store.ts';

/** More than this is shown as "99+". */
const MOST_COUNTED = 100;

/** What the top bar counts for a viewer, in one query over two small indexes. */
export async function loadShellCounts(db: Knex, viewer: Viewer): Promise<ShellCounts> {
  const [row] = await queryRows<ShellCounts>(
    db,
    `select (select count(*) from (
               select from notices n
                where ${OWN_NOTICES} and n.read_at is null and n.kind <> 'sender-not-told'
                limit ${MOST_COUNTED}) s)
            + exists (select from notices n
                       where ${OWN_NOTICES} and n.read_at is null and n.kind = 'sender-not-told')::int
              as "unreadNotices",
            (select count(*) from emails
              where owner_id = :viewer and state = 'unmatched' and ${NOT_TAKEN}) as unmatched`,
    ownBindings(viewer),
  );
  return row ?? { unreadNotices: 0, unmatched: 0 };
}
