import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { connectDatabase } from '../../src/db/connect.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded/start-embedded-postgres.ts';
import { migrateToLatest } from '../../src/db/migrate.ts';
import { endServer, serverPid } from './data-directory.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's own server: its maintenance database, which tests leave alone. */
    postgresUrl: string;
  }
}

/** Cloned for each test database; nobody connects to it, or cloning would fail. */
export const TEMPLATE = 'letterbook_template';

const PREFIX = 'letterbook-test-postgres-';
const log = pino({ level: 'warn' });
/** The data is thrown away after the run: here, and only here, durability may go. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/** One PostgreSQL for the tests of a project, with a migrated template; stopped at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  // For root the server runs as another user, who has to get in.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, log, settings });
  await createTemplate(server.connectionString);
  project.provide('postgresUrl', server.connectionString);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function createTemplate(connectionString: string): Promise<void> {
  const options = { applicationName: 'letterbook tests', poolSize: 2 };
  const url = new URL(connectionString);
  url.pathname = `/${TEMPLATE}`;
  const admin = connectDatabase({ ...options, connectionString });
  const template = connectDatabase({ ...options, connectionString: url.href });
  try {
    await admin.raw(`create database ${TEMPLATE}`);
    await migrateToLatest(template);
  } finally {
    await template.destroy();
    await admin.destroy();
  }
}

/** A run that was killed leaves its server behind. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const dataDir = path.join(os.tmpdir(), name);
    const server = await serverPid(dataDir);
    if (server !== null) await endServer(server);
    await rm(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
