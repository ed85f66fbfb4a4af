import packageJson from '../package.json' with { type: 'json' };
import { createApp } from './app.ts';
import type { Dependencies } from './dependencies.ts';
import { listen } from './http/listen.ts';
import type { JobQueue } from './queue/job-queue.ts';
import type { Part } from './run-until-stopped.ts';
import { readStatus } from './status.ts';

/** Serves the pages. */
export async function startWeb(deps: Dependencies, queue: JobQueue): Promise<Part> {
  const { env, log, db } = deps;
  const app = createApp({
    status: () => readStatus(deps, queue, packageJson.version),
    ready: async () => {
      await db.raw('select 1');
      return true;
    },
    baseUrl: env.baseUrl,
    trustProxy: env.trustProxy,
    production: env.production,
    log,
  });
  const server = await listen({ app, port: env.port, log });
  // The system may have been asked to choose a port.
  const url = env.port === 0 ? env.baseUrl.replace(/:0$/, `:${server.port}`) : env.baseUrl;
  log.info(`Letterbook is ready: open ${url}`);
  return { close: () => server.close() };
}
