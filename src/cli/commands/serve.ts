import { Command } from 'commander';

import { missingForSeparateProcesses, readEnv } from '../../config/env.ts';
import type { Role } from '../../run-product.ts';
import { usageFailure } from '../command-failure.ts';
import { withDependencies } from '../with-dependencies.ts';

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
  // Only now: a short command need not load the web server and its libraries.
  const { runProduct } = await import('../../run-product.ts');
  await runProduct(role, env);
}
