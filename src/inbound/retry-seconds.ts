import type { ClaimedMessage } from '../ledger/claim-messages.ts';

/**
 * Work on a message that was begun this often and never ended has taken the process with it. So many,
 * because a process may be killed for other reasons whenever it comes to work on this one.
 */
export const MOST_ATTEMPTS = 15;
/** Seconds until the next try after each failed reading or check; after the last one there is none. */
const RETRY_SECONDS = [5, 30] as const;

/** Whether work on a message was begun so often that it is not begun again. */
export function isHopeless({ attempts }: Pick<ClaimedMessage, 'attempts'>): boolean {
  return attempts > MOST_ATTEMPTS;
}

/** How long a message waits for its next try, should this one fail; null where this is the last. */
export function retrySeconds(
  message: Pick<ClaimedMessage, 'attempts' | 'failures'>,
): number | null {
  return isHopeless(message) ? null : (RETRY_SECONDS[message.failures] ?? null);
}
