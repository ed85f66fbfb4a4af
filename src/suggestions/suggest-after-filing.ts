import { findUnfiled } from '../ledger/claim-messages.ts';
import { isStopping, type Stoppable } from '../shared/stoppable.ts';
import { suggestPending, type SuggestDeps } from './suggest-pending.ts';

/** So long at most filing comes first, however much of it there is. */
const LONGEST_WAIT_MS = 2 * 60_000;

/**
 * Suggestions give way to filing. A run ends while stored messages wait to be filed: whoever files the last
 * of them rings again. When no run came to its end for two minutes, the next one does. Each ends when the
 * process is to stop.
 *
 * @returns what does a run.
 */
export function createSuggester(
  deps: SuggestDeps,
  longestWaitMs = LONGEST_WAIT_MS,
): (stoppable?: Stoppable) => Promise<void> {
  let finished = performance.now();
  return async (stoppable = {}) => {
    const isOverdue = performance.now() - finished >= longestWaitMs;
    const nobodyFiles = async () => (await findUnfiled(deps.db, 1)).length === 0;
    const mayGoOn = async () => !isStopping(stoppable) && (isOverdue || (await nobodyFiles()));
    if (await suggestPending(deps, mayGoOn)) finished = performance.now();
  };
}
