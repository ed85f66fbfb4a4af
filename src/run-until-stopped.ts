import type { Logger } from './config/logger.ts';

/** Something that was started and must be let go of. */
export interface Part {
  close(): Promise<void>;
}

/** All is over by then: PostgreSQL needs the rest of the ten seconds. */
const LONGEST_STOP_MS = 9_500;

/**
 * Starts parts, waits for SIGTERM or SIGINT, and closes what was started, the last first. A second
 * signal, or a part that will not close in time, ends the process at once: the ledger is made for it.
 */
export async function runUntilStopped(
  log: Logger,
  start: (opened: (part: Part) => void) => Promise<void>,
): Promise<void> {
  const parts: Part[] = [];
  const stopped = Promise.withResolvers<string>();
  const onSignal = (signal: string) => {
    stopped.resolve(signal);
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  try {
    await start((part) => parts.push(part));
    log.info(`Stopping (${await stopped.promise}).`);
  } finally {
    process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
    const timer = setTimeout(() => {
      log.error('A part did not stop in time.');
      process.exit(1);
    }, LONGEST_STOP_MS);
    for (const part of parts.toReversed()) await closeQuietly(part, log);
    clearTimeout(timer);
  }
  log.info('Stopped.');
}

async function closeQuietly(part: Part, log: Logger): Promise<void> {
  await part.close().catch((error: unknown) => {
    log.error({ err: error }, 'A part failed to stop.');
  });
}
