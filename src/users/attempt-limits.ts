import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** So many tries in so many seconds. */
interface Limit {
  readonly tries: number;
  readonly seconds: number;
}

const QUARTER = 15 * 60;
const HOUR = 60 * 60;

/**
 * How often what may be tried. `...Pair` counts one account from one network, which is what guessing
 * looks like; `...Account` counts an account from everywhere, `...Network` a network whatever it tries.
 */
const LIMITS = {
  signInPair: { tries: 10, seconds: QUARTER },
  signInAccount: { tries: 50, seconds: QUARTER },
  signInNetwork: { tries: 100, seconds: QUARTER },
  forgottenPair: { tries: 3, seconds: QUARTER },
  forgottenAccount: { tries: 10, seconds: HOUR },
  forgottenNetwork: { tries: 30, seconds: HOUR },
  linkNetwork: { tries: 30, seconds: QUARTER },
  setUpNetwork: { tries: 20, seconds: QUARTER },
  passwordUser: { tries: 10, seconds: QUARTER },
  /** Marks where an account signed in from lately. */
  knownPair: { tries: 1, seconds: 30 * 24 * HOUR },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
export type { AttemptLimits };
/** What is counted, under the limits that it is counted for. */
export type Counted = readonly (readonly [name: LimitName, key: string])[];

const known = new WeakMap<Knex, AttemptLimits>();

/** The one counter of a database in this process: each has a timer that clears away what is over. */
export function attemptLimits(db: Knex): AttemptLimits {
  const limits = known.get(db) ?? new AttemptLimits(db);
  known.set(db, limits);
  return limits;
}

/** Counts tries in PostgreSQL, so that all web processes count together, and a restart forgets none. */
class AttemptLimits {
  readonly #limiters: Readonly<Record<LimitName, RateLimiterPostgres>>;

  constructor(db: Knex) {
    const names = Object.keys(LIMITS) as LimitName[];
    const made = names.map((name) => [name, createLimiter(db, name)]);
    this.#limiters = Object.fromEntries(made) as Record<LimitName, RateLimiterPostgres>;
  }

  /**
   * Counts a try before it is made, so that many at once are counted too.
   *
   * @returns seconds until another try may be made, or null: go on.
   */
  async count(counted: Counted): Promise<number | null> {
    for (const [name, key] of counted) {
      const wait = await this.#countOne(name, key);
      if (wait !== null) return wait;
    }
    return null;
  }

  /** The try was none: it went well. */
  async giveBack(counted: Counted): Promise<void> {
    for (const [name, key] of counted) await this.#limiters[name].reward(hashed(key));
  }

  async forget(name: LimitName, key: string): Promise<void> {
    await this.#limiters[name].delete(hashed(key));
  }

  async mark(name: LimitName, key: string): Promise<void> {
    await this.#limiters[name].set(hashed(key), 1, LIMITS[name].seconds);
  }

  async isMarked(name: LimitName, key: string): Promise<boolean> {
    return (await this.#limiters[name].get(hashed(key))) !== null;
  }

  async #countOne(name: LimitName, key: string): Promise<number | null> {
    try {
      await this.#limiters[name].consume(hashed(key));
      return null;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    }
  }
}

function createLimiter(db: Knex, name: LimitName): RateLimiterPostgres {
  const { tries, seconds } = LIMITS[name];
  return new RateLimiterPostgres({
    storeClient: db,
    storeType: 'knex',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: name,
    points: tries,
    duration: seconds,
    // One of them clears away what has expired, for all.
    clearExpiredByTimeout: name === 'signInPair',
  });
}

/** What is typed as an address may be a password by mistake, and long. */
function hashed(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
