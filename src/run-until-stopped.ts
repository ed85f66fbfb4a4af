import type { Logger } from './config/logger.ts';
import { listenForStop, LONGEST_STOP_MS } from './stop-signal.ts';

/** Something that was started and must be let go of. */
export interface Part {
  close(): Promise<void>;
}

/**
 * Starts parts, waits for SIGTERM or SIGINT, and closes what was started, the last first. A part that will not
 * close in time ends the process: the ledger is made for it.
 */
export async function runUntilStopped(
  log: Logger,
  start: (opened: (part: Part) => void) => Promise<void>,
): Promise<void> {
  const parts: Part[] = [];
  const stop = listenForStop();
  try {
    await start((part) => parts.push(part));
    log.info(`Stopping (${await stop.came}).`);
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
