import { InProcessLane, type LaneOptions } from './in-process-lane.ts';
import type { JobHandler, JobName, JobPayloads, JobQueue, QueueHealth } from './job-queue.ts';
import { JOB_NAMES } from './job-queue.ts';
import { QueueClosed } from './queue-closed.ts';
import type { QueueLog } from './queue-log.ts';
import { intervalsOf, type RepeatedJob } from './repeated-jobs.ts';
import { RETRY_DELAY_MS } from './retry-policy.ts';
import { waitAtMost } from './within.ts';

export interface InProcessQueueOptions {
  readonly log: QueueLog;
  /** The pause before a second attempt, in milliseconds. */
  readonly retryDelayMs?: number;
  /** How many jobs of one name may wait (10,000). */
  readonly maxWaiting?: number;
}

type Lanes = { readonly [N in JobName]: InProcessLane<N> };
interface Repeated {
  readonly everyMs: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * The queue for running without Redis, on one machine: jobs live in this process and die with it,
 * which the ledger's sweep makes good at the next start. Memory is bounded: with `maxWaiting` jobs
 * of a name waiting, add() resolves and drops the job, which the sweep makes good too.
 */
export class InProcessQueue implements JobQueue {
  readonly #lanes: Lanes;
  readonly #repeated = new Map<JobName, Repeated>();
  readonly #stopping = new AbortController();
  #closed = false;

  constructor({ log, retryDelayMs = RETRY_DELAY_MS, maxWaiting = 10_000 }: InProcessQueueOptions) {
    const stopping = this.#stopping.signal;
    const options: LaneOptions = { log, retryDelayMs, maxWaiting, stopping };
    this.#lanes = {
      poll: new InProcessLane('poll', options),
      file: new InProcessLane('file', options),
      'file-slow': new InProcessLane('file-slow', options),
      send: new InProcessLane('send', options),
      rematch: new InProcessLane('rematch', options),
      reprocess: new InProcessLane('reprocess', options),
      bulk: new InProcessLane('bulk', options),
      suggest: new InProcessLane('suggest', options),
      sweep: new InProcessLane('sweep', options),
      purge: new InProcessLane('purge', options),
    };
  }

  add<N extends JobName>(name: N, payload: JobPayloads[N]): Promise<void> {
    if (this.#closed) return Promise.reject(new QueueClosed());
    this.#lanes[name].push(payload);
    return Promise.resolve();
  }

  process<N extends JobName>(name: N, concurrency: number, handler: JobHandler<N>): void {
    this.#lanes[name].work(concurrency, handler);
  }

  schedule(jobs: readonly RepeatedJob[]): Promise<void> {
    if (this.#closed) return Promise.reject(new QueueClosed());
    const wanted = intervalsOf(jobs);
    for (const [name, repeated] of this.#repeated) {
      if (wanted.get(name) !== repeated.everyMs) this.#stopRepeating(name, repeated);
    }
    for (const [name, everyMs] of wanted) {
      if (!this.#repeated.has(name)) this.#repeat(name, everyMs);
    }
    return Promise.resolve();
  }

  waiting(name: JobName): Promise<number> {
    return Promise.resolve(this.#lanes[name].waiting);
  }

  health(): Promise<QueueHealth> {
    const note = 'Jobs run inside this process; set REDIS_URL to share work between processes.';
    return Promise.resolve({ kind: 'in-process', ok: !this.#closed, note });
  }

  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    for (const [name, repeated] of this.#repeated) this.#stopRepeating(name, repeated);
    const lanes = JOB_NAMES.map((name) => this.#lanes[name]);
    for (const lane of lanes) lane.stop();
    this.#stopping.abort();
    await waitAtMost(graceMs, Promise.all(lanes.map((lane) => lane.settled())));
  }

  #repeat(name: JobName, everyMs: number): void {
    // Every name that may be repeated has an empty payload.
    const lane = this.#lanes[name] as InProcessLane<'poll'>;
    const timer = setInterval(() => {
      lane.push({});
    }, everyMs);
    // The process lives by what it serves, not by its timers.
    this.#repeated.set(name, { everyMs, timer: timer.unref() });
  }

  #stopRepeating(name: JobName, repeated: Repeated): void {
    clearInterval(repeated.timer);
    this.#repeated.delete(name);
  }
}
