import type { Capture, Outcome, Reason } from './outcome.ts';

/** What was, or would be, decided about a message, in the words of the log: nothing that people wrote. */
export interface Standing {
  readonly outcome: Outcome | null;
  readonly reason: Reason | null;
  readonly capture: Capture | null;
  readonly ownerId: number | null;
  /** Addresses of the records it is linked to. */
  readonly people: readonly string[];
  /** Correspondents that were found on it, as many as the trace keeps. */
  readonly found: readonly string[];
}
