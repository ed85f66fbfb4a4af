import type { Trace } from '../archiving/trace.ts';
import type { InboundMessageRow, OutgoingMessageRow } from '../db/rows.ts';
import type { Outcome, Reason } from '../shared/outcome.ts';

/** What a record is called on a trace; one that is gone has no name any more. */
export interface TracedPerson {
  readonly id: number;
  readonly kind: 'contact' | 'lead';
  readonly name: string;
}

/** What the ledger keeps beside the trace of the steps; each only where it happened. */
export interface TraceNotes {
  readonly bounce?: 'queued' | 'told-already';
  readonly before?: {
    readonly outcome: Outcome;
    readonly reason: Reason;
    readonly decidedAt: string | null;
  };
  readonly unreadable?: string;
}

/** An email that one user has handed over to another. */
export interface TracedHandOver {
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly undone: boolean;
}

/** All that a trace is told from. */
export interface TraceSource {
  readonly message: Pick<
    InboundMessageRow,
    | 'id'
    | 'state'
    | 'original_id'
    | 'stored_at'
    | 'attempts'
    | 'failures'
    | 'next_try_at'
    | 'error'
    | 'outcome'
    | 'reason'
    | 'capture'
    | 'from_address'
    | 'decided_at'
    | 'acknowledged_at'
    | 'acknowledgement'
  > & { readonly trace: (Partial<Trace> & TraceNotes) | null };
  /** The owner's name; null without an owner. */
  readonly owner: string | null;
  readonly people: ReadonlyMap<number, TracedPerson>;
  readonly bounce: Pick<
    OutgoingMessageRow,
    'state' | 'recipient' | 'attempts' | 'next_try_at' | 'expires_at' | 'finished_at' | 'response'
  > | null;
  /** Emails of the message that went from one user to another. */
  readonly handOvers: readonly TracedHandOver[];
  readonly outgoingSetUp: boolean;
  /** Whether the viewer may open other messages of the log. */
  readonly linksToLog: boolean;
}
