import { Redis, type RedisOptions } from 'ioredis';
import type { QueueLog } from './queue-log.ts';
import { describeRedisError, isGivenUp, redisIsAway } from './redis-trouble.ts';
import { within } from './within.ts';

export interface BullConnectionsOptions {
  readonly url: string;
  readonly log: QueueLog;
  /** How long any call may take, in milliseconds. */
  readonly limitMs: number;
  /** Called whenever commands can be sent (again). */
  readonly onReady: () => void;
}

/**
 * The connections of one process to Redis: one for commands and one for news, shared by all Bull
 * queues, and a blocking one for each queue that is worked on. They reconnect until close(), and
 * say so once when Redis goes away and once when it is back. Errors are logged by their message
 * alone, because an error of ioredis carries the command with it, AUTH included.
 */
export class BullConnections {
  readonly #options: BullConnectionsOptions;
  readonly #all = new Set<Redis>();
  readonly #blocking = new Set<Redis>();
  readonly #client: Redis;
  #subscriber: Redis | null = null;
  /** What kept the last connection from being made. */
  #lastError = 'no connection';
  #away = false;
  #closed = false;

  constructor(options: BullConnectionsOptions) {
    this.#options = options;
    this.#client = this.#connect({ maxRetriesPerRequest: 2, commandTimeout: options.limitMs });
    // Each Bull queue listens to the shared connections; that is no leak.
    this.#client.setMaxListeners(100).on('ready', () => {
      this.#answered();
      options.onReady();
    });
  }

  /** What Bull calls for a connection of a kind. */
  provide(kind: 'client' | 'subscriber' | 'bclient'): Redis {
    if (kind === 'client') return this.#client;
    // Bull insists on these two for connections that wait.
    const patient = { maxRetriesPerRequest: null, enableReadyCheck: false };
    if (kind === 'subscriber') {
      this.#subscriber ??= this.#connect(patient).setMaxListeners(100);
      return this.#subscriber;
    }
    const blocking = this.#connect(patient);
    this.#blocking.add(blocking);
    return blocking;
  }

  /** Does something with Redis in limited time; rejects with a sentence when that fails or takes longer. */
  async call<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      const result = await within(this.#options.limitMs, what, work());
      this.#answered();
      return result;
    } catch (error) {
      this.trouble(error);
      // Without its cause, which carries the command.
      throw new Error(this.#describe(error));
    }
  }

  async ping(): Promise<void> {
    await this.call('Redis', () => this.#client.ping());
  }

  /** Takes note of an error; only the first since Redis last answered is logged. */
  trouble(error: unknown): void {
    if (this.#away || this.#closed) return;
    this.#away = true;
    this.#options.log.warn(this.#describe(error));
  }

  /** Replaces connections that look open and yet carry nothing, as after a network change. */
  reconnect(): void {
    for (const redis of this.#all) if (redis.status === 'ready') redis.disconnect(true);
  }

  /** From now on a blocking connection that Bull drops to stop waiting stays down. */
  retireBlocking(): void {
    for (const redis of this.#blocking) redis.connect = () => Promise.resolve();
  }

  close(): void {
    this.#closed = true;
    for (const redis of this.#all) redis.disconnect();
  }

  #connect(options: RedisOptions): Redis {
    const redis = new Redis(this.#options.url, {
      connectTimeout: 5000,
      disconnectTimeout: 500,
      keepAlive: 10_000,
      retryStrategy: (times) => (this.#closed ? null : Math.min(times * 200, 2000)),
      ...options,
    });
    redis.on('error', (error) => {
      this.#lastError = describeRedisError(error);
      this.trouble(error);
    });
    this.#all.add(redis);
    return redis;
  }

  #describe(error: unknown): string {
    const why = isGivenUp(error) ? this.#lastError : describeRedisError(error);
    return redisIsAway(this.#options.url, why);
  }

  #answered(): void {
    if (this.#away && !this.#closed) this.#options.log.info('Redis answers again.');
    this.#away = false;
  }
}
