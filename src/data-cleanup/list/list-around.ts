import type { Knex } from 'knex';
import type { Viewer } from '../../shared/viewer.ts';
import type { CleanupEmail } from './cleanup-email-store.ts';
import { listCleanup, type CleanupList, type CleanupTab } from './cleanup-list-store.ts';
import { NO_FILTER, type ListFilter } from './list-filter.ts';
import type { ListPlace } from './list-place.ts';

/**
 * The page of the list that was asked for, else the newest, else the one that begins with the email; an
 * email that is not in the open group stands among all.
 */
export async function listAround(
  db: Knex,
  viewer: Viewer,
  tab: CleanupTab,
  email: CleanupEmail,
  query: ListPlace & ListFilter,
): Promise<CleanupList & { readonly filter: ListFilter }> {
  const number = tab === 'resolved' ? email.decision?.id : email.id;
  const begin = { before: number === undefined ? null : String(number + 1), after: null };
  const open = query.group === null ? [] : [query];
  for (const filter of [...open, NO_FILTER]) {
    for (const place of [query, begin]) {
      const list = await listCleanup(db, viewer, tab, place, filter);
      const { by, group } = filter;
      if (list.rows.some((row) => row.id === email.id)) return { ...list, filter: { by, group } };
    }
  }
  const list = await listCleanup(db, viewer, tab, query, NO_FILTER);
  return { ...list, filter: NO_FILTER };
}
