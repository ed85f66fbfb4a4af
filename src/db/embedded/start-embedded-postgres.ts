import type pg from 'pg';
import { isUniqueViolation } from '../is-unique-violation.ts';
import { prepareBinaries } from './binaries.ts';
import { createCluster, DATABASE_USER, readPassword } from './create-cluster.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import { locateDatabase, SHARED_DIR } from './location.ts';
import type { Location } from './location.ts';
import { keepPresence } from './presence.ts';
import type { Presence } from './presence.ts';
import { SERVER_SETTINGS } from './server-settings.ts';
import type { ServerSettings } from './server-settings.ts';
import { hasCode } from '../../shared/has-code.ts';

export interface EmbeddedPostgresOptions {
  /** The product's data directory; made if it is missing. */
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  /** Server settings over the product's own; for tests. */
  readonly settings?: ServerSettings;
}

/** A PostgreSQL of our own, shared by all processes that use one data directory. */
export interface EmbeddedPostgres {
  /** Holds the password: not for logs. */
  readonly connectionString: string;
  /** For people: the directory of the database and the port of its server. */
  readonly where: string;
  /** Whether this call started the server; false where one was running. */
  readonly started: boolean;
  /** Stops the server if no other process uses it. Close every connection of yours first. */
  stop(): Promise<void>;
}

/**
 * Runs a PostgreSQL from the binaries that npm installed, with its data in `dataDir`, or joins
 * the one that another process runs there. It listens on 127.0.0.1 only and wants its password.
 *
 * @throws {DatabaseProblem} a sentence for the administrator.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options;
  const location = await locateDatabase(dataDir);
  const binaries = await prepareBinaries(location.runAs, SHARED_DIR);
  await createCluster(location, binaries);
  const settings = { ...SERVER_SETTINGS, ...options.settings };
  const presence = await keepPresence({ location, binaries, settings, log, greet: addDatabase });
  const where = `${location.home}, port ${presence.port}`;
  report(options, location, presence, binaries.version);
  const password = await readPassword(location);
  return {
    connectionString: `postgres://${DATABASE_USER}:${password}@127.0.0.1:${presence.port}/${DATABASE_USER}`,
    where,
    started: presence.started,
    stop: () => presence.leave(),
  };
}

function report(
  { dataDir, log }: EmbeddedPostgresOptions,
  { home, elsewhere, runAs }: Location,
  { port, started }: Presence,
  version: string,
): void {
  const facts = { version, port, ...(runAs === null ? {} : { runsAsUid: runAs.uid }) };
  log.info(facts, `PostgreSQL ${started ? 'started' : 'found running'} in ${home}`);
  if (!elsewhere) return;
  log.info({}, `It is not in ${dataDir}, because the user it runs as may not enter that directory`);
}

async function addDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [
    DATABASE_USER,
  ]);
  if (rowCount !== 0) return;
  await client.query(`create database ${DATABASE_USER}`).catch((error: unknown) => {
    // Another process that starts at this moment was first: duplicate_database, or a row like it.
    const isThere = hasCode(error, '42P04');
    if (!isThere && !isUniqueViolation(error)) throw error;
  });
}
