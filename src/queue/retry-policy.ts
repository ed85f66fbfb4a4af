/** How often a job whose handler throws is run in all. */
export const ATTEMPTS = 3;

/** The first pause before another attempt, in milliseconds; later ones grow (1 s, then 3 s). */
export const RETRY_DELAY_MS = 1000;

/** How many failed jobs Redis keeps for people to look at. */
export const FAILED_JOBS_KEPT = 500;

/** The pause after the given number of attempts, by the same formula as Bull's exponential one. */
export function pauseAfter(attemptsMade: number, retryDelayMs: number): number {
  return (2 ** attemptsMade - 1) * retryDelayMs;
}

/** The sentence for a failed attempt, and whether it was the last. */
export function describeFailure(
  name: string,
  attemptsMade: number,
  error: unknown,
): { readonly message: string; readonly last: boolean } {
  const why = error instanceof Error ? error.message : String(error);
  const message = `Job ${name} failed (attempt ${attemptsMade} of ${ATTEMPTS}): ${why}`;
  return { message, last: attemptsMade >= ATTEMPTS };
}
