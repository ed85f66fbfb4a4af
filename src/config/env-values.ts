import { isIP } from 'node:net';
import { z } from 'zod';
import { LOG_LEVELS, type LogLevel } from './log-level.ts';

/** How many proxies stand before the program, or which addresses they have; false for none. */
export type TrustProxy = false | number | readonly string[];

/** Shorter keys could be guessed; `openssl rand -base64 32` gives 44 characters. */
const SHORTEST_KEY = 32;
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

export const port = z.string().transform((text, context) => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (number <= 65_535) return number;
  return problem(context, 'must be a port number from 0 to 65535, such as 3000.');
});

export const databaseUrl = urlOf(
  ['postgres:', 'postgresql:'],
  'must be a connection string such as postgres://user:password@host:5432/letterbook; leave it out to run a PostgreSQL of its own.',
);

export const redisUrl = urlOf(
  ['redis:', 'rediss:'],
  'must be a connection string such as redis://host:6379; leave it out to keep jobs inside the one process.',
);

export const secretKey = z
  .string()
  .min(
    SHORTEST_KEY,
    `must be at least ${SHORTEST_KEY} characters long: make one with "openssl rand -base64 32".`,
  );

/** An address of the pages: scheme, host and port only, since routes start at the root. */
export const origin = z.string().transform((text, context) => {
  const url = URL.parse(text);
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url !== null && web && `${url.origin}/` === url.href) return url.origin;
  return problem(
    context,
    'must be the address people type, without a path, such as https://letterbook.example.',
  );
});

export const trustProxy = z.string().transform((text, context): TrustProxy => {
  if (text === 'false') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text) === 0 ? false : Number(text);
  const addresses = text.split(',').map((part) => part.trim());
  if (addresses.every(isNetwork)) return addresses;
  return problem(
    context,
    'must be false, the number of proxies before the program, or their addresses separated by commas ("true" would let anybody invent an address).',
  );
});

export const logLevel = z.enum(LOG_LEVELS, {
  error: `must be one of ${LOG_LEVELS.join(', ')}.`,
}) satisfies z.ZodType<LogLevel>;

function urlOf(protocols: readonly string[], message: string) {
  return z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), message);
}

function isNetwork(text: string): boolean {
  if (NAMED_NETWORKS.includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
  );
}

function problem(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
