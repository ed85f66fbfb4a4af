import { resolve } from 'node:path';
import { z } from 'zod';
import type { LogLevel } from './log-level.ts';
import {
  databaseUrl,
  logLevel,
  origin,
  port,
  redisUrl,
  secretKey,
  trustProxy,
  type TrustProxy,
} from './env-values.ts';

/** Everything that the environment says, checked. null: the variable is not set. */
export interface Env {
  /** The port of the web pages; 0 lets the system choose a free one. */
  readonly port: number;
  /** Absolute path of the folder that holds what the program keeps beside its database. */
  readonly dataDirectory: string;
  /** null: the program runs a PostgreSQL of its own in the data directory. */
  readonly databaseUrl: string | null;
  /** null: jobs stay inside the one process. */
  readonly redisUrl: string | null;
  /** null: a key file in the data directory is used. */
  readonly secretKey: string | null;
  /** Scheme, host and port under which people reach the pages, without a trailing slash. */
  readonly baseUrl: string;
  /** As express takes it: false, the number of proxies, or their addresses. */
  readonly trustProxy: TrustProxy;
  readonly logLevel: LogLevel;
  readonly production: boolean;
  /** For the commands that set a password; never shown. */
  readonly password: string | null;
  readonly mailboxPassword: string | null;
  readonly outgoingPassword: string | null;
}

const text = z.string().optional();

const variables = z.object({
  PORT: port.default(3000),
  LETTERBOOK_DATA: z.string().default('./data'),
  DATABASE_URL: databaseUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  LETTERBOOK_SECRET_KEY: secretKey.optional(),
  BASE_URL: origin.optional(),
  TRUST_PROXY: trustProxy.default(false),
  LOG_LEVEL: logLevel.default('info'),
  NODE_ENV: text,
  LETTERBOOK_PASSWORD: text,
  LETTERBOOK_MAILBOX_PASSWORD: text,
  LETTERBOOK_OUTGOING_PASSWORD: text,
});

/** The names of all variables that are read. */
export const ENV_VARIABLES: readonly string[] = Object.keys(variables.shape);

/** Something in the environment is not as it must be. The message says what to do, a line for each. */
export class EnvProblem extends Error {
  override readonly name = 'EnvProblem';
}

/**
 * Reads and checks the environment. An empty variable counts as not set.
 *
 * @throws EnvProblem naming each variable that is wrong. Values are never repeated in it, since a
 *   connection string holds a password.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const set = Object.entries(source).filter(([, value]) => value !== undefined && value !== '');
  const result = variables.safeParse(Object.fromEntries(set));
  if (!result.success) throw new EnvProblem(result.error.issues.map(sentence).join('\n'));
  return toEnv(result.data);
}

/**
 * What keeps `web` and `worker` from running as separate processes, in one sentence; null when
 * nothing does. They meet only in PostgreSQL and Redis, so neither can be their own.
 */
export function missingForSeparateProcesses(env: Env): string | null {
  const missing = [
    ...(env.databaseUrl === null ? ['DATABASE_URL'] : []),
    ...(env.redisUrl === null ? ['REDIS_URL'] : []),
  ];
  if (missing.length === 0) return null;
  return `Set ${missing.join(' and ')} to run web and worker as separate processes, or use "npm start", which needs neither.`;
}

function toEnv(values: z.infer<typeof variables>): Env {
  return {
    port: values.PORT,
    dataDirectory: resolve(values.LETTERBOOK_DATA),
    databaseUrl: values.DATABASE_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    secretKey: values.LETTERBOOK_SECRET_KEY ?? null,
    baseUrl: values.BASE_URL ?? `http://localhost:${values.PORT}`,
    trustProxy: values.TRUST_PROXY,
    logLevel: values.LOG_LEVEL,
    production: values.NODE_ENV === 'production',
    password: values.LETTERBOOK_PASSWORD ?? null,
    mailboxPassword: values.LETTERBOOK_MAILBOX_PASSWORD ?? null,
    outgoingPassword: values.LETTERBOOK_OUTGOING_PASSWORD ?? null,
  };
}

function sentence(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message}`;
}
