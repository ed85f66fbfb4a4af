import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseProblem } from '../database-problem.ts';
import type { Binaries } from './binaries.ts';
import { DATABASE_USER, readPassword } from './create-cluster.ts';
import { launchPostmaster } from './launch-postmaster.ts';
import type { Launch } from './launch-postmaster.ts';
import type { Location } from './location.ts';
import { isServing, readPostmasterFile, removeStale } from './postmaster-file.ts';
import type { ServerSettings } from './server-settings.ts';

/** A session on a server that serves. */
export interface Serving {
  readonly client: pg.Client;
  readonly port: number;
  /** Whether this call started the server, rather than finding it. */
  readonly started: boolean;
}

/** Replaying the log after a crash can take minutes; nothing else comes near this. */
const DEADLINE_MS = 300_000;
const PAUSE_MS = 50;

/** What a start that lost against another one, or against a server just ending, dies of. */
const PASSING_FAILURE = /postmaster\.pid|pre-existing shared memory|Address already in use/;

/** SQLSTATE 57P03 starting or stopping, 57P01-2 ended under us; the rest is of the socket. */
const PASSING_CODES = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/**
 * Connects to the server of this cluster, starting it when none runs. Safe against other processes
 * that do the same, or stop it, at the same time.
 *
 * @param greet first thing done in the session; when the server goes away meanwhile, all begins anew.
 * @throws {DatabaseProblem} when the server does not start.
 */
export async function ensureServing(
  location: Location,
  binaries: Binaries,
  settings: ServerSettings,
  greet: (client: pg.Client) => Promise<void>,
): Promise<Serving> {
  const password = await readPassword(location);
  const deadline = Date.now() + DEADLINE_MS;
  let launch: Launch | null = null;
  while (Date.now() < deadline) {
    const file = await readPostmasterFile(location.cluster);
    if (file !== null && (await isServing(file, location.cluster))) {
      const client = file.port === null ? null : await connect(file.port, password, greet);
      if (client !== null && file.port !== null) {
        return { client, port: file.port, started: launch?.pid === file.pid };
      }
    } else if (launch === null) {
      if (file !== null) await removeStale(file, location.cluster);
      launch = await launchPostmaster(location, binaries, settings);
    }
    launch = stillHoped(launch);
    await sleep(PAUSE_MS);
  }
  throw new DatabaseProblem(
    `The PostgreSQL in ${location.cluster} does not answer; its log is in ${location.cluster}/log.`,
  );
}

function stillHoped(launch: Launch | null): Launch | null {
  const failure = launch?.failure() ?? null;
  if (failure === null) return launch;
  if (PASSING_FAILURE.test(failure)) return null;
  throw new DatabaseProblem(`PostgreSQL does not start: ${failure}`);
}

async function connect(
  port: number,
  password: string,
  greet: (client: pg.Client) => Promise<void>,
): Promise<pg.Client | null> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: DATABASE_USER,
    password,
    database: 'postgres',
    application_name: 'letterbook presence',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // Without a listener the end of the server would be the end of this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await greet(client);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (isPassing(error)) return null;
    throw error;
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return PASSING_CODES.has(code) || /timeout|terminated|closed/i.test(error.message);
}
