import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { connectDatabase } from '../../src/db/connect.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/start-embedded-postgres.ts';
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
  /** From the start of `poll` to its end: everything committed and acknowledged. */
  readonly seconds: number;
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
      seconds: poll.seconds,
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
  const db = connectDatabase({ connectionString, applicationName: 'bench', poolSize: 2 });
  try {
    await writeTrustSettings(db, { ...(await readTrustSettings(db)), policy });
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
