import type { Knex } from 'knex';
import type { Viewer } from '../../shared/viewer.ts';
import { findNextWaiting } from './cleanup-list-store.ts';
import { withFilter, type ListFilter } from './list-filter.ts';

/** Where one goes on after a decision: the next email of the list; once a group is empty, the groups. */
export async function nextAfter(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  filter: ListFilter,
): Promise<string> {
  const next = await findNextWaiting(db, viewer, emailId, filter);
  const shown = next === null ? { ...filter, group: null } : filter;
  return withFilter(next === null ? '/data-cleanup' : `/data-cleanup/${next}`, shown);
}
