import { readEnv } from '../config/env.ts';
import { createLogger } from '../config/logger.ts';
import { createDependencies, type Dependencies } from '../dependencies.ts';

/**
 * Runs a command over the product's database: that of a running server, or, where none runs, our
 * own for as long as the command takes. What the command prints stands alone: the log is silent
 * but for errors, which go to standard error.
 */
export async function withDependencies<T>(run: (deps: Dependencies) => Promise<T>): Promise<T> {
  const log = createLogger('error', process.stderr);
  const deps = await createDependencies({ env: readEnv(), name: 'command', log });
  try {
    return await run(deps);
  } finally {
    await deps.close();
  }
}
