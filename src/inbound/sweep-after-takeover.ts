import { sweep, type SweepDeps } from './sweep.ts';

/**
 * Whoever kept the mailbox before may be frozen, with work in its hands. What it had begun is free
 * once the server has ended its idle transactions (connect.ts), and a frozen process may be handed
 * one more job of each kind by Redis: so what the first sweep queues may be lost, and the second
 * comes when all that is over.
 */
const SWEEPS_AFTER_MS = [0, 15_000] as const;

/** Queues unfinished work for whoever is awake, unless the keeping is over before that. */
export function sweepAfterTakeover(deps: SweepDeps, over: AbortSignal): void {
  const run = () => {
    sweep(deps).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'Unfinished work could not be queued yet.');
    });
  };
  for (const delay of SWEEPS_AFTER_MS) {
    const timer = setTimeout(run, delay).unref();
    const cancel = () => {
      clearTimeout(timer);
    };
    over.addEventListener('abort', cancel, { once: true });
  }
}
