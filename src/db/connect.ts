import knex from 'knex';
import type { Knex } from 'knex';
import pg from 'pg';
// Tells Knex the columns of every table.
import type {} from './tables.ts';

export interface ConnectOptions {
  readonly connectionString: string;
  /** What the server's own lists (pg_stat_activity) call this process. */
  readonly applicationName: string;
  /** The most connections at once; at least 2, for migrations hold a lock on one of their own. */
  readonly poolSize: number;
}

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];
const { INT8, DATE } = pg.types.builtins;

/** A statement of a page or a batch that takes longer is ended by the server. */
const STATEMENT_TIMEOUT_MS = 60_000;
/**
 * A process that hangs or was frozen in a transaction loses it, and its locks with it, before others
 * give up on them. What has to wait for longer in a transaction uses liveTransaction().
 */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 20_000;

/**
 * A pool of connections to the product's database. bigint is read as number (ids and sizes stay
 * far below 2^53; sum(bigint) is numeric and still a string), timestamptz as Date, date as text.
 *
 * A restart of the database fails what is under way and nothing else: broken connections are
 * replaced when they are next asked for.
 */
export function connectDatabase(options: ConnectOptions): Knex {
  const connection: Knex.PgConnectionConfig = {
    connectionString: options.connectionString,
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    types: { getTypeParser },
  };
  return knex({
    client: 'pg',
    connection,
    pool: { min: 0, max: Math.max(2, options.poolSize), idleTimeoutMillis: 30_000 },
    acquireConnectionTimeout: 30_000,
    // Knex prints to the console what it also throws.
    log: { warn: () => undefined, error: () => undefined },
  });
}

function getTypeParser(oid: TypeId, format: string): unknown {
  if (oid === INT8) return Number;
  // A date has no zone: as Date it would be yesterday for half of the world.
  if (oid === DATE) return String;
  return pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text');
}
