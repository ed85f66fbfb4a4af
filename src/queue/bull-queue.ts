import { BullConnections } from './bull-connections.ts';
import { BullLane } from './bull-lane.ts';
import { reschedule, restoreSchedule } from './bull-schedule.ts';
import { isDoorbell } from './is-doorbell.ts';
import type { JobHandler, JobName, JobPayloads, JobQueue, QueueHealth } from './job-queue.ts';
import { JOB_NAMES } from './job-queue.ts';
import { QueueClosed } from './queue-closed.ts';
import type { QueueLog } from './queue-log.ts';
import { intervalsOf, type RepeatedJob } from './repeated-jobs.ts';
import { RETRY_DELAY_MS } from './retry-policy.ts';
import { waitAtMost } from './within.ts';

export interface BullQueueOptions {
  /** redis:// or rediss:// with user name, password and database as needed. */
  readonly url: string;
  readonly log: QueueLog;
  /** What every key in Redis starts with, so that several installations can share one. */
  readonly prefix?: string;
  /** How long any call to Redis may take, in milliseconds (5,000). */
  readonly limitMs?: number;
  readonly retryDelayMs?: number;
  /** How long a job belongs to a worker that says nothing, in milliseconds (60,000). */
  readonly lockMs?: number;
  /** How often repeated jobs are checked and Redis is asked whether it lives (60,000). */
  readonly maintainEveryMs?: number;
}

/** What Bull needs to let go of its blocking connections, at most, in milliseconds. */
const FAREWELL_MS = 800;

/**
 * The product's queue: one Bull queue per job name on Redis, shared by as many processes as one
 * likes. Redis may be away at any time, at the start too: add() then rejects, and work, schedule
 * and connections come back by themselves.
 */
export class BullQueue implements JobQueue {
  readonly #connections: BullConnections;
  readonly #lanes: ReadonlyMap<JobName, BullLane>;
  readonly #maintenance: NodeJS.Timeout;
  readonly #stopping = new AbortController();
  #intervals: ReadonlyMap<JobName, number> = new Map();
  #rescheduled = true;
  #closing: Promise<void> | null = null;

  constructor(options: BullQueueOptions) {
    const { url, log, limitMs = 5000, maintainEveryMs = 60_000 } = options;
    const onReady = (): void => void this.#keepSchedule();
    this.#connections = new BullConnections({ url, log, limitMs, onReady });
    const lane = {
      log,
      prefix: options.prefix ?? 'letterbook',
      retryDelayMs: options.retryDelayMs ?? RETRY_DELAY_MS,
      lockMs: options.lockMs ?? 60_000,
      stopping: this.#stopping.signal,
    };
    this.#lanes = new Map(
      JOB_NAMES.map((name) => [name, new BullLane(name, this.#connections, lane)]),
    );
    this.#maintenance = setInterval(() => void this.#maintain(), maintainEveryMs).unref();
  }

  async add<N extends JobName>(name: N, payload: JobPayloads[N]): Promise<void> {
    if (this.#closing) throw new QueueClosed();
    const { queue } = this.#lane(name);
    await this.#connections.call(`Queueing ${name}`, async () => {
      if (isDoorbell(payload) && (await queue.getWaitingCount()) > 0) return;
      await queue.add(name, payload);
    });
  }

  process<N extends JobName>(name: N, concurrency: number, handler: JobHandler<N>): void {
    // What Redis gives back under a name is what add() put there under it.
    this.#lane(name).work(concurrency, (payload, stopping) =>
      handler(payload as JobPayloads[N], stopping),
    );
  }

  /** When Redis is away, the schedule takes effect as soon as it is back; this does not reject. */
  async schedule(jobs: readonly RepeatedJob[]): Promise<void> {
    if (this.#closing) throw new QueueClosed();
    this.#intervals = intervalsOf(jobs);
    this.#rescheduled = false;
    await this.#keepSchedule();
  }

  async waiting(name: JobName): Promise<number> {
    const { queue } = this.#lane(name);
    return await this.#connections.call(`Counting ${name}`, () => queue.getWaitingCount());
  }

  async health(): Promise<QueueHealth> {
    try {
      await this.#connections.ping();
      return { kind: 'bull', ok: true, note: '' };
    } catch (error) {
      return { kind: 'bull', ok: false, note: error instanceof Error ? error.message : '' };
    }
  }

  close(graceMs: number): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    clearInterval(this.#maintenance);
    this.#connections.retireBlocking();
    const lanes = [...this.#lanes.values()];
    const stopped = Promise.allSettled(lanes.map((lane) => lane.stop()));
    this.#stopping.abort();
    await waitAtMost(graceMs, Promise.all(lanes.map((lane) => lane.idle())));
    const left = stopped.then(() => Promise.all(lanes.map((lane) => lane.queue.close(true))));
    await waitAtMost(FAREWELL_MS, left);
    this.#connections.close();
  }

  async #maintain(): Promise<void> {
    try {
      await this.#connections.ping();
    } catch {
      this.#connections.reconnect();
      return;
    }
    await this.#keepSchedule();
  }

  async #keepSchedule(): Promise<void> {
    const intervals = this.#intervals;
    const makeAnew = !this.#rescheduled;
    if (this.#closing || (intervals.size === 0 && !makeAnew)) return;
    try {
      await this.#connections.call('Scheduling', () => this.#applySchedule(intervals, makeAnew));
      if (this.#intervals === intervals) this.#rescheduled = true;
    } catch {
      // Logged by call(); tried again when Redis is ready, and at the next maintenance.
    }
  }

  async #applySchedule(intervals: ReadonlyMap<JobName, number>, makeAnew: boolean): Promise<void> {
    for (const [name, { queue }] of this.#lanes) {
      const everyMs = intervals.get(name) ?? null;
      if (makeAnew) await reschedule(queue, name, everyMs);
      else if (everyMs !== null) await restoreSchedule(queue, name, everyMs);
    }
  }

  #lane(name: JobName): BullLane {
    const lane = this.#lanes.get(name);
    if (!lane) throw new Error(`There is no job named ${name}.`);
    return lane;
  }
}
