import Bull from 'bull';
import type { BullConnections } from './bull-connections.ts';
import type { JobName } from './job-queue.ts';
import type { QueueLog } from './queue-log.ts';
import { describeRedisError } from './redis-trouble.ts';
import { ATTEMPTS, describeFailure, FAILED_JOBS_KEPT } from './retry-policy.ts';

export interface BullLaneOptions {
  readonly prefix: string;
  readonly log: QueueLog;
  readonly retryDelayMs: number;
  /** How long a job belongs to a worker that says nothing, in milliseconds. */
  readonly lockMs: number;
  /** Told to jobs that run. */
  readonly stopping: AbortSignal;
}

/** The Bull queue of one job name, and which of its jobs run in this process. */
export class BullLane {
  readonly queue: Bull.Queue<object>;
  readonly #name: JobName;
  readonly #log: QueueLog;
  readonly #connections: BullConnections;
  readonly #running = new Set<Bull.JobId>();
  readonly #stopping: AbortSignal;
  #idle: (() => void) | null = null;
  #stopped = false;

  constructor(name: JobName, connections: BullConnections, options: BullLaneOptions) {
    this.#name = name;
    this.#log = options.log;
    this.#connections = connections;
    this.#stopping = options.stopping;
    this.queue = new Bull<object>(name, {
      prefix: options.prefix,
      createClient: (kind) => connections.provide(kind),
      settings: {
        lockDuration: options.lockMs,
        stalledInterval: options.lockMs / 2,
        maxStalledCount: 3,
      },
      defaultJobOptions: {
        attempts: ATTEMPTS,
        backoff: { type: 'exponential', delay: options.retryDelayMs },
        removeOnComplete: true,
        removeOnFail: FAILED_JOBS_KEPT,
      },
    });
    // Bull names its connection without catching what goes wrong, which would end the process.
    Object.assign(this.queue, { setWorkerName: () => Promise.resolve() });
    this.#listen();
  }

  work(
    concurrency: number,
    handler: (payload: object, stopping: AbortSignal) => Promise<void>,
  ): void {
    const working = this.queue.process(this.#name, concurrency, async (job) => {
      this.#running.add(job.id);
      await handler(job.data, this.#stopping);
    });
    working.catch((error: unknown) => {
      if (this.#stopped) return;
      const why = describeRedisError(error);
      this.#log.error(`Jobs named ${this.#name} are not worked on: ${why}. Start again.`);
    });
  }

  /** Takes no new job. Resolves when nothing waits at Redis for one any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.queue.pause(true, true);
  }

  /** Resolves when no job runs here and Redis knows how each ended. */
  async idle(): Promise<void> {
    if (this.#running.size === 0) return;
    await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  #listen(): void {
    this.queue.on('error', (error) => {
      const lost = jobThatWasLost(error);
      if (lost === null) this.#connections.trouble(error);
      else this.#lost(lost);
    });
    this.queue.on('completed', (job) => {
      this.#ended(job.id);
    });
    this.queue.on('failed', (job, error) => {
      const { message, last } = describeFailure(this.#name, job.attemptsMade, error);
      this.#log[last ? 'error' : 'warn'](message);
      this.#ended(job.id);
    });
    this.queue.on('stalled', (job) => {
      const what = `Job ${this.#name} ${job.id} is done anew`;
      this.#log.warn(`${what}: the worker that had it died or was too busy to say a word.`);
    });
  }

  /** Frozen or busy for so long that the job counted as stalled: another worker has taken it. */
  #lost(id: string): void {
    const why = 'another has taken it, since this one said nothing for too long, or Redis lost it';
    this.#log.warn(`Job ${this.#name} ${id} is not this worker's any more: ${why}.`);
    this.#ended(id);
  }

  #ended(id: Bull.JobId): void {
    this.#running.delete(id);
    if (this.#running.size === 0) this.#idle?.();
  }
}

/** The job whose end Redis would not hear of from this worker (finishedErrors in Bull's lib/scripts.js). */
function jobThatWasLost(error: Error): string | null {
  const said = /^(?:Missing key|Missing lock|Lock mismatch) for job ([^\s.]+)|^Job (\S+) is not in/;
  const [, id, other] = said.exec(error.message) ?? [];
  return id ?? other ?? null;
}
