import packageJson from '../package.json' with { type: 'json' };
import { createApp, type AppDeps } from './app.ts';
import type { Dependencies } from './dependencies.ts';
import { listen } from './http/listen.ts';
import { createSessions } from './http/session.ts';
import type { JobQueue } from './queue/job-queue.ts';
import type { Part } from './run-until-stopped.ts';
import { readStatus } from './status.ts';
import { setUpLink } from './users/set-up-token.ts';

export interface Web extends Part {
  /** Where the pages are. */
  readonly url: string;
}

/** Serves the pages, and those of the demo where it is one. */
export async function startWeb(
  deps: Dependencies,
  queue: JobQueue,
  demo?: AppDeps['demo'],
): Promise<Web> {
  const { env, log, db, secrets, originals, connector, mailer } = deps;
  const sessions = createSessions({
    connectionString: deps.connectionString,
    secret: secrets.keyFor('session cookie'),
    baseUrl: env.baseUrl,
    onError: (error) => {
      log.warn({ err: error }, 'The sessions have trouble with the database.');
    },
  });
  const stopping = new AbortController();
  const app = createApp({
    db,
    secrets,
    originals,
    connector,
    mailer,
    sessions: sessions.middleware,
    status: () => readStatus(deps, queue, packageJson.version),
    ready: async () => {
      await db.raw('select 1');
      return true;
    },
    baseUrl: env.baseUrl,
    trustProxy: env.trustProxy,
    production: env.production,
    log,
    stopping: stopping.signal,
    ...(demo ? { demo } : {}),
  });
  // Everybody knows the passwords of a demo: it answers this machine only.
  const host = demo ? '127.0.0.1' : undefined;
  const server = await listen({ app, port: env.port, host, log });
  // The system may have been asked to choose a port.
  const url = env.port === 0 ? env.baseUrl.replace(/:0$/, `:${server.port}`) : env.baseUrl;
  const link = await setUpLink(deps, url);
  if (link !== null) log.info(`To set Letterbook up, open ${link}`);
  log.info(`Letterbook is ready: open ${url}`);
  return {
    url,
    close: async () => {
      stopping.abort();
      await server.close();
      await sessions.close();
    },
  };
}
