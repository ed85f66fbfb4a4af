import { Command } from 'commander';

import { missingForSeparateProcesses, readEnv } from '../../config/env.ts';
import { createLogger } from '../../config/logger.ts';
import { createDependencies, createQueue } from '../../dependencies.ts';
import { runUntilStopped, type Part } from '../../run-until-stopped.ts';
import { startWeb } from '../../start-web.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { usageFailure } from '../command-failure.ts';
import { withDependencies } from '../with-dependencies.ts';

/** The parts of the product that a process can run. */
type Role = 'start' | 'web' | 'worker';

/** Within this, plus what the database takes, a stop is done. */
const GRACE_MS = 4_000;

export function serveCommands(): Command[] {
  return [
    new Command('start').description('run everything in one process').action(async () => {
      await serve('start');
    }),
    new Command('web').description('run the web pages, with workers elsewhere').action(async () => {
      await serve('web');
    }),
    new Command('worker')
      .description('run a worker: archiving, sending, rematching')
      .action(async () => {
        await serve('worker');
      }),
    new Command('migrate').description('bring the database up to date').action(async () => {
      await withDependencies(() => Promise.resolve());
      process.stdout.write('The database is up to date.\n');
    }),
  ];
}

async function serve(role: Role): Promise<void> {
  const env = readEnv();
  const missing = role === 'start' ? null : missingForSeparateProcesses(env);
  if (missing !== null) throw usageFailure(missing);
  const log = createLogger(env.logLevel);
  await runUntilStopped(log, async (opened) => {
    const deps = await createDependencies({ env, name: role, log });
    opened(deps);
    const queue = createQueue(env, log);
    const closeQueue: Part = { close: () => queue.close(GRACE_MS) };
    if (role === 'web') opened(closeQueue);
    else {
      const worker = await startWorker(deps, queue);
      opened({ close: () => worker.stop(GRACE_MS) });
    }
    if (role !== 'worker') opened(await startWeb(deps, queue));
  });
}
