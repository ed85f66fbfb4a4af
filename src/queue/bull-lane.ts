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
  /** How many jobs run here, or have run and Redis does not know yet how they ended. */
  #running = 0;
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
    this.#count();
    this.#listen();
  }

  work(
    concurrency: number,
    handler: (payload: object, stopping: AbortSignal) => Promise<void>,
  ): void {
    const working = this.queue.process(this.#name, concurrency, async (job) => {
      await handler(job.data, this.#stopping);
      // It may have ended early, or not have begun: another process need not wait for the next sweep.
      if (this.#stopping.aborted) await this.queue.add(this.#name, job.data);
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
    if (this.#running === 0) return;
    await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  /**
   * By runs, not by events: Bull has none for a job that is not this worker's any more, and for none while Redis is
   * away. Its processJob() settles when Redis knows how the job ended, or will not hear of it.
   */
  #count(): void {
    const { processJob } = this.queue as unknown as { processJob: ProcessJob };
    const counted: ProcessJob = async (...job) => {
      this.#running += 1;
      try {
        return await processJob(...job);
      } finally {
        this.#running -= 1;
        if (this.#running === 0) this.#idle?.();
      }
    };
    Object.assign(this.queue, { processJob: counted });
  }

  #listen(): void {
    this.queue.on('error', (error) => {
      const lost = jobThatWasLost(error);
      if (lost === null) this.#connections.trouble(error);
      else this.#log.warn(`Job ${this.#name} ${lost} ${NOT_ITS_OWN}`);
    });
    this.queue.on('failed', (job, error) => {
      const { message, last } = describeFailure(this.#name, job.attemptsMade, error);
      this.#log[last ? 'error' : 'warn'](message);
    });
    this.queue.on('stalled', (job) => {
      const what = `Job ${this.#name} ${job.id} is done anew`;
      this.#log.warn(`${what}: the worker that had it died or was too busy to say a word.`);
    });
  }
}

/** Bull's own, bound to its queue. */
type ProcessJob = (...job: readonly unknown[]) => Promise<unknown>;

const NOT_ITS_OWN =
  "is not this worker's any more: it said nothing for too long, or Redis lost the job. If it is still there, it is done anew.";

/** The job whose end Redis would not hear of from this worker (finishedErrors in Bull's lib/scripts.js). */
function jobThatWasLost(error: Error): string | null {
  const said = /^(?:Missing key|Missing lock|Lock mismatch) for job ([^\s.]+)|^Job (\S+) is not in/;
  const [, id, other] = said.exec(error.message) ?? [];
  return id ?? other ?? null;
}
