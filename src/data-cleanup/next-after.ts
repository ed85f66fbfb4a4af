import type { Knex } from 'knex';
import type { Viewer } from '../shared/viewer.ts';
import { findNextWaiting } from './cleanup-list-store.ts';
import { filterQuery, type ListFilter } from './list-filter.ts';

/** Where one goes on after a decision: the next email of the list; once a group is empty, the groups. */
export async function nextAfter(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  filter: ListFilter,
): Promise<string> {
  const next = await findNextWaiting(db, viewer, emailId, filter);
  const shown = next === null ? { ...filter, group: null } : filter;
  const query = filterQuery(shown);
  const path = next === null ? '/data-cleanup' : `/data-cleanup/${next}`;
  return query === '' ? path : `${path}?${query}`;
}
