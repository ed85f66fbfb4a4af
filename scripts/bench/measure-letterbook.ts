import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { connectDatabase } from '../../src/db/connect.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/start-embedded-postgres.ts';
import { queryRows } from '../../src/db/query-rows.ts';
import {
  readTrustSettings,
  writeTrustSettings,
  type TrustSettings,
} from '../../src/senders/trust-settings.ts';
import type { BenchMailbox } from '../../test/support/bench-mailbox.ts';
import { readLogCsv } from '../../test/support/scenario/check-scenario.ts';
import { peopleCsv, usersCsv } from '../../test/support/scenario/import-files.ts';
import { diskUse } from './disk-use.ts';
import type { BenchServer } from './measure-floor.ts';
import { runLetterbook, type CommandResult } from './run-letterbook.ts';
import { cpuOfTree, type ProcessPeak } from './watch-memory.ts';

export interface LetterbookResult {
  /** From the request for a poll until the last message was put away, the floor's signing in and start left out. */
  readonly seconds: number;
  /** Of the whole command `poll`, which after that works suggestions out. */
  readonly commandSeconds: number;
  /** What the commands ran, PostgreSQL left out. */
  readonly memory: readonly ProcessPeak[];
  /** Seconds of PostgreSQL's processor time. */
  readonly postgresCpu: number;
  /** Bytes that the mails added to relations and files. */
  readonly disk: number;
  /** Rows of the log by outcome. */
  readonly outcomes: ReadonlyMap<string, number>;
}

export interface LetterbookRun {
  readonly server: BenchServer;
  readonly mailbox: BenchMailbox;
  readonly archiveAddress: string;
  /** What is asked of senders. */
  readonly policy: TrustSettings['policy'];
}

/**
 * One run of the product over a folder, with a data directory and a PostgreSQL of its own, by the
 * commands that an administrator would use. The server is kept up from here, so that its start and
 * its memory are not counted as the worker's.
 */
export async function measureLetterbook(
  { server, mailbox, archiveAddress, policy }: LetterbookRun,
  told: AbortSignal,
): Promise<LetterbookResult> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'letterbook-bench-'));
  await chmod(dataDir, 0o755);
  const log = pino({ level: 'warn' });
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  const env = {
    LETTERBOOK_DATA: dataDir,
    LETTERBOOK_MAILBOX_PASSWORD: server.password,
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
  };
  const run: Run = (...args) => runLetterbook(args, env, told);
  try {
    await setUp(server, mailbox, archiveAddress, dataDir, run);
    await setPolicy(postgres.connectionString, policy);
    const before = await diskUse(postgres.connectionString, dataDir);
    const postmaster = await postmasterPid(dataDir);
    const cpuBefore = cpuOfTree(postmaster);
    const poll = await run('poll', '--timeout', '1800');
    const postgresCpu = cpuOfTree(postmaster) - cpuBefore;
    const after = await diskUse(postgres.connectionString, dataDir);
    const listed = await run('log', '--format', 'csv');
    const outcomes = Map.groupBy(readLogCsv(listed.stdout), (row) => row.outcome);
    return {
      seconds: await secondsOfPoll(postgres.connectionString),
      commandSeconds: poll.seconds,
      memory: poll.memory,
      postgresCpu,
      disk: after - before,
      outcomes: new Map([...outcomes].map(([outcome, rows]) => [outcome, rows.length])),
    };
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Runs a command of the product in the data directory of this run. */
type Run = (...args: readonly string[]) => Promise<CommandResult>;

async function postmasterPid(dataDir: string): Promise<number> {
  const file = await readFile(path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}

async function setPolicy(connectionString: string, policy: TrustSettings['policy']): Promise<void> {
  await withDatabase(connectionString, async (db) => {
    await writeTrustSettings(db, { ...(await readTrustSettings(db)), policy });
  });
}

async function secondsOfPoll(connectionString: string): Promise<number> {
  return await withDatabase(connectionString, async (db) => {
    const [row] = await queryRows<{ seconds: number }>(
      db,
      `select extract(epoch from max(acknowledged_at) - (select min(requested_at) from poll_requests))::float8
                as seconds
         from inbound_messages`,
      [],
    );
    return row?.seconds ?? NaN;
  });
}

async function withDatabase<T>(
  connectionString: string,
  work: (db: Knex) => Promise<T>,
): Promise<T> {
  const db = connectDatabase({ connectionString, applicationName: 'bench', poolSize: 2 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

async function setUp(
  server: BenchServer,
  mailbox: BenchMailbox,
  archiveAddress: string,
  dataDir: string,
  run: Run,
): Promise<void> {
  const users = path.join(dataDir, 'users.csv');
  const people = path.join(dataDir, 'people.csv');
  await writeFile(users, usersCsv(mailbox));
  await writeFile(people, peopleCsv(mailbox));
  await run('migrate');
  await run('user', 'import', users);
  await run('people', 'import', people);
  const flags = {
    host: server.host,
    port: String(server.port),
    security: 'none',
    username: server.user,
    folder: server.folder,
    'archive-address': archiveAddress,
    after: 'seen',
    existing: 'archive',
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  await run('mailbox', 'set', ...args);
}
