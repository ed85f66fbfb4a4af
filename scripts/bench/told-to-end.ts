import { constants } from 'node:os';

/**
 * Aborted when the process is told to end (Ctrl-C, SIGTERM). It does not end at once then: what it has
 * started, such as a PostgreSQL, would go on without it. Under npm one Ctrl-C comes twice; a SIGTERM
 * comes through only where package.json says "exec node", as a shell between would keep it.
 */
export function toldToEnd(): AbortSignal {
  const told = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (told.signal.aborted) return;
      process.exitCode = 128 + constants.signals[signal];
      console.error(`${signal}: what was started is ended.`);
      told.abort();
    });
  }
  return told.signal;
}

/** Does it when that happens, or now if it has happened. */
export function whenTold(told: AbortSignal, end: () => void): void {
  if (told.aborted) end();
  else told.addEventListener('abort', end, { once: true });
}
