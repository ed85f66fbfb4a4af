/**
 * What jobs carry: ids only. Truth is in PostgreSQL; losing every queued job loses no mail.
 * poll: ask for a poll · file: file these stored messages ·
 * file-slow: the same for what is big or was slow, so that nothing else waits for it ·
 * send: send outgoing mail that is due · rematch: work on pending rematches ·
 * suggest: work out suggestions that are due · bulk: go on with decisions about many emails ·
 * sweep: queue whatever the ledger shows as unfinished ·
 * reprocess: compare or apply what is processed again · purge: delete what was discarded long ago.
 */
export interface JobPayloads {
  readonly poll: Record<string, never>;
  readonly file: { readonly ids: readonly number[] };
  readonly 'file-slow': { readonly ids: readonly number[] };
  readonly send: Record<string, never>;
  readonly rematch: Record<string, never>;
  readonly reprocess: Record<string, never>;
  readonly bulk: Record<string, never>;
  readonly suggest: Record<string, never>;
  readonly sweep: Record<string, never>;
  readonly purge: Record<string, never>;
}

export type JobName = keyof JobPayloads;

export const JOB_NAMES = [
  'poll',
  'file',
  'file-slow',
  'send',
  'rematch',
  'reprocess',
  'bulk',
  'suggest',
  'sweep',
  'purge',
] as const satisfies readonly JobName[];

/** `stopping` is aborted when the queue closes: who does many things, one after the other, should begin none any more. */
export type JobHandler<N extends JobName> = (
  payload: JobPayloads[N],
  stopping: AbortSignal,
) => Promise<void>;

export interface QueueHealth {
  readonly kind: 'bull' | 'in-process';
  readonly ok: boolean;
  /** One sentence for people when not ok, or when something should be known. */
  readonly note: string;
}

/**
 * A doorbell: jobs may be lost (the sweep finds what they were about) or delivered twice
 * (processors are idempotent). A handler that throws is retried a few times, then kept as failed.
 */
export interface JobQueue {
  /**
   * Resolves once queued, or once it is known that a job of the name waits which carries as little.
   * Rejects within 5 s when the queue cannot be reached, and with QueueClosed once it is closed: callers
   * carry on.
   */
  add<N extends JobName>(name: N, payload: JobPayloads[N]): Promise<void>;
  /** Starts working on jobs of that name, at most `concurrency` at once in this process. */
  process<N extends JobName>(name: N, concurrency: number, handler: JobHandler<N>): void;
  /**
   * Makes this the whole list of repeated jobs, removing any other that was scheduled before.
   * Each runs once per interval however many processes schedule it.
   */
  schedule(
    jobs: readonly { readonly name: JobName; readonly everySeconds: number }[],
  ): Promise<void>;
  /** How many jobs of that name no process has begun. Rejects when the queue cannot be reached. */
  waiting(name: JobName): Promise<number>;
  health(): Promise<QueueHealth>;
  /** Takes no new job, tells running ones to end and waits up to `graceMs` for them, lets go of everything. */
  close(graceMs: number): Promise<void>;
}
