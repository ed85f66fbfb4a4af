import type { Outcome } from '../shared/outcome.ts';

/** What the status page says; whoever runs the parts fills it. */
export interface StatusView {
  /** One phrase: a PostgreSQL of its own and where, or the host and name of the given one. */
  readonly database: string;
  readonly queue: { readonly kind: string; readonly note: string; readonly ok: boolean };
  readonly mailbox: {
    readonly configured: boolean;
    /** User name, host and folder; '' when not configured. */
    readonly summary: string;
    /** One sentence that says what to do; null when polling works. */
    readonly problem: string | null;
    /** ISO 8601; null before the first poll. */
    readonly lastPollAt: string | null;
  };
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Messages that are stored but have no outcome yet. */
  readonly waiting: number;
  readonly version: string;
}
