import type { LedgerState } from '../db/rows.ts';
import type { Outcome } from '../shared/outcome.ts';

/** What the log says of a message that waits for the DNS: it is how such a message is known. */
export const WAITS_FOR_DNS =
  'The DNS has not told yet whether its sender is who From says; it is asked again.';

/** What is shown of where a message stands. */
export type ShownState = Outcome | 'failed' | 'waiting' | 'gone';

interface Standing {
  readonly state: LedgerState;
  readonly outcome: Outcome | null;
  readonly error: string | null;
}

/** Its outcome; while it has none, whether it waits, failed or is gone. What waits for the DNS has not failed. */
export function shownStateOf({ state, outcome, error }: Standing): ShownState {
  if (outcome !== null) return outcome;
  if (state === 'gone') return 'gone';
  return state === 'failed' && error !== WAITS_FOR_DNS ? 'failed' : 'waiting';
}

/** Whether a message waits for the DNS; it is tried again by itself. */
export function waitsForDns({ state, error }: Pick<Standing, 'state' | 'error'>): boolean {
  return state === 'failed' && error === WAITS_FOR_DNS;
}
