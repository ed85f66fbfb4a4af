import type { Knex } from 'knex';

import { findWaiting, type PolledFolder } from './poll-progress.ts';

/** UIDs that one look asks about, so that a look costs the same at any size of the folder. */
const WINDOW = 100;

/**
 * Watches UIDs while they are filed, which happens about in their order: each look asks about the first
 * that still wait, and passes over those that it has seen done.
 *
 * @returns looks once: how many wait at most. After a look that found none, the next begins anew.
 */
export function watchWaiting(
  db: Knex,
  folder: PolledFolder,
  uids: readonly number[],
): () => Promise<number> {
  let open: readonly number[] = [];
  let passed = 0;
  return async () => {
    if (open.length === 0 && passed >= uids.length) passed = 0;
    do {
      const next = uids.slice(passed, passed + WINDOW - open.length);
      passed += next.length;
      open = await findWaiting(db, folder, [...open, ...next]);
    } while (open.length === 0 && passed < uids.length);
    return open.length + uids.length - passed;
  };
}
