import type { Logger } from './config/logger.ts';

/** Something that was started and must be let go of. */
export interface Part {
  close(): Promise<void>;
}

/** All is over by then: PostgreSQL needs the rest of the ten seconds. */
const LONGEST_STOP_MS = 9_500;

/**
 * Starts parts, waits for SIGTERM or SIGINT, and closes what was started, the last first. A part that will not
 * close in time ends the process: the ledger is made for it. A second signal changes nothing: npm hands on what
 * the terminal, or a supervisor, has sent to all of its group, and PostgreSQL would be left behind.
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
    const timer = setTimeout(() => {
      log.error('A part did not stop in time.');
      process.exit(1);
    }, LONGEST_STOP_MS);
    for (const part of parts.toReversed()) await closeQuietly(part, log);
    // Signals stay unheard until the end; what keeps the process alive after this still has to be in time.
    timer.unref();
  }
  log.info('Stopped.');
}

async function closeQuietly(part: Part, log: Logger): Promise<void> {
  await part.close().catch((error: unknown) => {
    log.error({ err: error }, 'A part failed to stop.');
  });
}
