import type { JobHandler, JobName, JobPayloads } from './job-queue.ts';
import { isDoorbell } from './is-doorbell.ts';
import type { QueueLog } from './queue-log.ts';
import { describeFailure, pauseAfter } from './retry-policy.ts';

export interface LaneOptions {
  readonly log: QueueLog;
  readonly retryDelayMs: number;
  readonly maxWaiting: number;
  /** Told to jobs that run. */
  readonly stopping: AbortSignal;
}

interface Job<N extends JobName> {
  readonly payload: JobPayloads[N];
  attemptsMade: number;
}

/** The jobs of one name in this process: first in, first out, some at once, a few attempts each. */
export class InProcessLane<N extends JobName> {
  readonly #name: N;
  readonly #options: LaneOptions;
  readonly #waiting: Job<N>[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  #worker: { readonly concurrency: number; readonly handler: JobHandler<N> } | null = null;
  #stopped = false;
  #full = false;

  constructor(name: N, options: LaneOptions) {
    this.#name = name;
    this.#options = options;
  }

  /** How many jobs have not been begun, those that pause after a failure left out. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Beyond `maxWaiting` the job is dropped: the sweep finds what it was about. */
  push(payload: JobPayloads[N]): void {
    if (isDoorbell(payload) && this.#waiting.length > 0) return;
    if (this.#waiting.length + this.#pauses.size >= this.#options.maxWaiting) {
      if (!this.#full) this.#options.log.warn(this.#tooMany());
      this.#full = true;
      return;
    }
    this.#waiting.push({ payload, attemptsMade: 0 });
    this.#startNext();
  }

  work(concurrency: number, handler: JobHandler<N>): void {
    if (this.#worker) throw new Error(`Jobs named ${this.#name} already have a handler.`);
    this.#worker = { concurrency, handler };
    this.#startNext();
  }

  /** Forgets what waits; what runs goes on. */
  stop(): void {
    this.#stopped = true;
    this.#waiting.length = 0;
    for (const pause of this.#pauses) clearTimeout(pause);
    this.#pauses.clear();
  }

  /** Resolves when none of the jobs that run now is running any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  #startNext(): void {
    const worker = this.#worker;
    while (worker && !this.#stopped && this.#running.size < worker.concurrency) {
      const job = this.#waiting.shift();
      if (!job) return;
      this.#full = false;
      const run = this.#run(job, worker.handler).finally(() => {
        this.#running.delete(run);
        this.#startNext();
      });
      this.#running.add(run);
    }
  }

  async #run(job: Job<N>, handler: JobHandler<N>): Promise<void> {
    job.attemptsMade += 1;
    try {
      // Handlers start in a later turn, so that add() never runs foreign code.
      await Promise.resolve();
      await handler(job.payload, this.#options.stopping);
    } catch (error) {
      this.#failed(job, error);
    }
  }

  #failed(job: Job<N>, error: unknown): void {
    const { message, last } = describeFailure(this.#name, job.attemptsMade, error);
    this.#options.log[last ? 'error' : 'warn'](message);
    if (!last && !this.#stopped) this.#retryLater(job);
  }

  #retryLater(job: Job<N>): void {
    const pause = setTimeout(
      () => {
        this.#pauses.delete(pause);
        this.#waiting.push(job);
        this.#startNext();
      },
      pauseAfter(job.attemptsMade, this.#options.retryDelayMs),
    );
    this.#pauses.add(pause.unref());
  }

  #tooMany(): string {
    const count = this.#options.maxWaiting.toLocaleString('en');
    return `${count} jobs named ${this.#name} wait: more are dropped until some are done.`;
  }
}
