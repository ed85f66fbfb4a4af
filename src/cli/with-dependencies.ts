import { readEnv } from '../config/env.ts';
import { createLogger } from '../config/logger.ts';
import { createDependencies, type Dependencies } from '../dependencies.ts';
import { listenForStop, LONGEST_STOP_MS, StoppedBySignal } from '../stop-signal.ts';

/**
 * Runs a command over the product's database: that of a running server, or, where none runs, our
 * own for as long as the command takes. What the command prints stands alone: the log is silent
 * but for errors, which go to standard error.
 *
 * @throws StoppedBySignal after SIGTERM or SIGINT, once our own database is stopped: what the command was at is
 *   cut off, as by a crash.
 */
export async function withDependencies<T>(run: (deps: Dependencies) => Promise<T>): Promise<T> {
  const log = createLogger('error', process.stderr);
  const env = readEnv();
  const stop = listenForStop();
  const stopped = stop.came.then((signal): never => {
    const end = new StoppedBySignal(signal);
    setTimeout(() => process.exit(end.exitCode), LONGEST_STOP_MS);
    // What is cut off will say so of the database, at length; whoever stopped it knows.
    log.level = 'silent';
    throw end;
  });
  const opening = createDependencies({ env, name: 'command', log });
  try {
    const deps = await Promise.race([opening, stopped]);
    return await Promise.race([run(deps), stopped]);
  } finally {
    // Also what a signal found half open: a server that was just started would stay.
    await opening.then(
      (deps) => deps.close(),
      () => undefined,
    );
    stop.release();
  }
}
