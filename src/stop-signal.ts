import { constants } from 'node:os';

/** All is over by then: PostgreSQL needs the rest of the ten seconds. */
export const LONGEST_STOP_MS = 9_500;

/** The process was told to stop, and did. */
export class StoppedBySignal extends Error {
  override readonly name = 'StoppedBySignal';
  /** As a shell counts it: 130 for SIGINT, 143 for SIGTERM. */
  readonly exitCode: number;
  constructor(signal: NodeJS.Signals) {
    super(`Stopped by ${signal}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Hears signals in the place of Node, which would end the process at once. */
interface StopSignal {
  /** Resolves with the first one. */
  readonly came: Promise<NodeJS.Signals>;
  /** Leaves signals to Node again. */
  release(): void;
}

/**
 * Waits for SIGTERM or SIGINT. A second signal changes nothing: npm hands on what the terminal, or a supervisor,
 * has sent to all of its group, and PostgreSQL would be left behind.
 */
export function listenForStop(): StopSignal {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  process.on('SIGTERM', resolve).on('SIGINT', resolve);
  return {
    came: promise,
    release() {
      process.off('SIGTERM', resolve).off('SIGINT', resolve);
    },
  };
}
