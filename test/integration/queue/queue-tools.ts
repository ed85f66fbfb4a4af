import type { QueueLog } from '../../../src/queue/queue-log.ts';

export interface CollectingLog extends QueueLog {
  readonly infos: string[];
  readonly warnings: string[];
  readonly errors: string[];
}

export function collectingLog(): CollectingLog {
  const infos: string[] = [];
  const warnings: string[] = [];
  const errors: string[] = [];
  return {
    infos,
    warnings,
    errors,
    info: (message) => infos.push(message),
    warn: (message) => warnings.push(message),
    error: (message) => errors.push(message),
  };
}

/** A promise that a test fulfils when it wants jobs to go on. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    opened: promise,
    open: () => {
      resolve(undefined);
    },
  };
}
