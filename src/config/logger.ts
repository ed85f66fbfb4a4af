import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './log-level.ts';

export type { Logger };

const SECRET_FIELDS = [
  'password',
  'passphrase',
  'pass',
  'secret',
  'secretKey',
  'token',
  'accessToken',
  'authorization',
  'cookie',
  '["set-cookie"]',
  'databaseUrl',
  'redisUrl',
  'connectionString',
];

/** user:password@ in a connection string, also inside a driver's message. */
const CREDENTIALS = /(:\/\/)[^/\s"'\\@:]*:[^/\s"'\\]*@/g;

/** What nobody reads is kept up to this, so that a stuck reader does not take the process with it. */
const MOST_UNREAD_BYTES = 16 * 1024 * 1024;

/** Not pino's own writer: at the end of the process that one tries a pipe without a reader for ever. */
const standardOutput: DestinationStream = {
  write(line) {
    if (process.stdout.writableLength < MOST_UNREAD_BYTES) process.stdout.write(line);
  },
};

/**
 * A logger that writes one JSON object a line. Fields that hold secrets are hidden up to two
 * levels down, and the credentials of a connection string wherever they stand in a line.
 *
 * @param destination where lines go; standard output unless given, which lines are left out of while 16 MB
 *   wait to be read.
 */
export function createLogger(
  level: LogLevel,
  destination: DestinationStream = standardOutput,
): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap(atEachDepth), censor: '[hidden]' },
    serializers: { err: withoutRows },
    hooks: { streamWrite: hideCredentials },
  };
  return pino(options, destination);
}

/** PostgreSQL quotes the row that it refused, and with it people's mail, in these fields. */
function withoutRows(error: Error): object {
  return { ...stdSerializers.err(error), detail: undefined, where: undefined };
}

function atEachDepth(field: string): string[] {
  const step = field.startsWith('[') ? field : `.${field}`;
  return [field, `*${step}`, `*.*${step}`];
}

function hideCredentials(line: string): string {
  return line.replace(CREDENTIALS, '$1[hidden]@');
}
