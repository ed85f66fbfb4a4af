import type { Knex } from 'knex';

import type { Env } from './config/env.ts';
import { inDataDirectory } from './config/in-data-directory.ts';
import { createLogger, type Logger } from './config/logger.ts';
import { createSecretBox, type SecretBox } from './config/secret-box.ts';
import { readSecretKey } from './config/secret-key.ts';
import { connectDatabase } from './db/connect.ts';
import { startEmbeddedPostgres } from './db/embedded/start-embedded-postgres.ts';
import { migrateToLatest } from './db/migrate.ts';
import type { MailboxConnector } from './imap/mailbox.ts';
import { imapflowConnector } from './imap/imapflow-connector.ts';
import type { Originals } from './originals/originals.ts';
import { postgresOriginals } from './originals/postgres-originals.ts';
import { withRecentOriginals } from './originals/recent-originals.ts';
import { InProcessQueue } from './queue/in-process-queue.ts';
import type { JobQueue } from './queue/job-queue.ts';
import { noCheckpoint, type Checkpoint } from './shared/checkpoint.ts';
import { sleep } from './shared/sleep.ts';
import type { Mailer } from './smtp/mailer.ts';
import { nodemailerMailer } from './smtp/nodemailer-mailer.ts';
import { nodemailerRelay } from './smtp/nodemailer-relay.ts';
import type { Relay } from './smtp/relay.ts';
import type { DnsLookup } from './trust/dns-lookup.ts';
import { nodeDnsLookup } from './trust/node-dns-lookup.ts';

/** What every process of the product works with; this file is the only one that makes it. */
export interface Dependencies {
  readonly env: Env;
  readonly log: Logger;
  readonly db: Knex;
  /** Holds the password: not for logs. */
  readonly connectionString: string;
  /** One phrase for people: which database this is. */
  readonly databaseName: string;
  readonly secrets: SecretBox;
  readonly originals: Originals;
  readonly connector: MailboxConnector;
  readonly mailer: Mailer;
  readonly lookup: DnsLookup;
  readonly checkpoint: Checkpoint;
  /** Lets go of the database, and stops it if it is our own and nobody else uses it. */
  close(): Promise<void>;
}

export interface DependencyOptions {
  readonly env: Env;
  /** What the database's own lists call this process. */
  readonly name: string;
  readonly log?: Logger;
  readonly checkpoint?: Checkpoint;
}

const POOL_SIZE = 10;
/** How long connections in use may hold up a stop, in milliseconds. */
const DESTROY_MS = 1_500;
/** Stored originals held until they are filed, a moment later: some more than may wait for it (wait-for-filing.ts). */
const RECENT_BYTES = 24 * 1024 * 1024;

/** Connects to the database, or starts one, and brings its tables up to date. */
export async function createDependencies(options: DependencyOptions): Promise<Dependencies> {
  const { env, name, checkpoint = noCheckpoint } = options;
  const log = options.log ?? createLogger(env.logLevel);
  const database = await inDataDirectory(env.dataDirectory, () => openDatabase(env, log));
  const { connectionString } = database;
  const applicationName = `letterbook ${name}`;
  const db = connectDatabase({ connectionString, applicationName, poolSize: POOL_SIZE });
  const close = async () => {
    // A job that waits for a mail server holds a connection: it is cut with the database's own end.
    await Promise.race([db.destroy(), sleep(DESTROY_MS)]);
    await database.stop();
  };
  try {
    await migrateToLatest(db);
    const key = await inDataDirectory(env.dataDirectory, () =>
      readSecretKey(env.secretKey, env.dataDirectory),
    );
    return {
      env,
      log,
      db,
      connectionString,
      databaseName: database.name,
      secrets: createSecretBox(key),
      originals: withRecentOriginals(postgresOriginals, RECENT_BYTES),
      connector: imapflowConnector(),
      mailer: nodemailerMailer(),
      lookup: nodeDnsLookup(),
      checkpoint,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Needs neither database nor queue. */
export function createRelay(): Relay {
  return nodemailerRelay();
}

/** Bull on Redis where there is one, else a queue inside this process. */
export async function createQueue({ redisUrl }: Env, log: Logger): Promise<JobQueue> {
  if (redisUrl === null) return new InProcessQueue({ log: queueLog(log) });
  // Only now: a tenth of what a short command loads would be for nothing.
  const { BullQueue } = await import('./queue/bull-queue.ts');
  return new BullQueue({ url: redisUrl, log: queueLog(log) });
}

function queueLog(log: Logger) {
  return {
    info: (message: string) => {
      log.info(message);
    },
    warn: (message: string) => {
      log.warn(message);
    },
    error: (message: string) => {
      log.error(message);
    },
  };
}

async function openDatabase(env: Env, log: Logger) {
  if (env.databaseUrl !== null) {
    const { host, pathname } = new URL(env.databaseUrl);
    return {
      connectionString: env.databaseUrl,
      name: `PostgreSQL at ${host}, database ${pathname.slice(1)}`,
      stop: () => Promise.resolve(),
    };
  }
  const embedded = await startEmbeddedPostgres({ dataDir: env.dataDirectory, log });
  return {
    connectionString: embedded.connectionString,
    name: `PostgreSQL of its own in ${embedded.where}`,
    stop: () => embedded.stop(),
  };
}
