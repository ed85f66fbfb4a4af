import { findUnfiled } from '../ledger/claim-messages.ts';
import { suggestPending, type SuggestDeps } from './suggest-pending.ts';

/** So long at most filing comes first, however much of it there is. */
const LONGEST_WAIT_MS = 2 * 60_000;

/**
 * Suggestions give way to filing. A run ends while stored messages wait to be filed: whoever files the last
 * of them rings again. When no run came to its end for two minutes, the next one does.
 *
 * @returns what does a run.
 */
export function createSuggester(
  deps: SuggestDeps,
  longestWaitMs = LONGEST_WAIT_MS,
): () => Promise<void> {
  let finished = performance.now();
  return async () => {
    const isOverdue = performance.now() - finished >= longestWaitMs;
    const mayGoOn = async () => isOverdue || (await findUnfiled(deps.db, 1)).length === 0;
    if (await suggestPending(deps, mayGoOn)) finished = performance.now();
  };
}
