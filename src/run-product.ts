import type { Env } from './config/env.ts';
import { createLogger } from './config/logger.ts';
import { createDependencies, createQueue } from './dependencies.ts';
import { runUntilStopped, type Part } from './run-until-stopped.ts';
import type { Checkpoint } from './shared/checkpoint.ts';
import { noCheckpoint } from './shared/checkpoint.ts';
import { agreeOnKey } from './settings/agree-on-key.ts';
import { startWeb } from './start-web.ts';
import { startWorker } from './worker/start-worker.ts';

/** What a process runs: everything, the pages alone, or the work alone. */
export type Role = 'start' | 'web' | 'worker';

/** Jobs at work get this long when the process stops; the database needs some time after it. */
const GRACE_MS = 4_000;

/** Runs the product until it is told to stop. @throws DatabaseProblem, EnvProblem, or what keeps it from starting. */
export async function runProduct(
  role: Role,
  env: Env,
  checkpoint: Checkpoint = noCheckpoint,
): Promise<void> {
  const log = createLogger(env.logLevel);
  await runUntilStopped(log, async (opened) => {
    const deps = await createDependencies({ env, name: role, log, checkpoint });
    opened(deps);
    await agreeOnKey(deps.db, deps.secrets, role === 'start' || env.secretKey !== null);
    const queue = await createQueue(env, log);
    const closeQueue: Part = { close: () => queue.close(GRACE_MS) };
    if (role === 'web') opened(closeQueue);
    else {
      const worker = await startWorker(deps, queue);
      opened({ close: () => worker.stop(GRACE_MS) });
    }
    if (role !== 'worker') opened(await startWeb(deps, queue));
    else log.info('The worker is ready.');
  });
}
