/** Ends whatever a keeper is waiting for when there is something to do. */
export interface WakeSignal {
  /** Wakes the one who waits, or keeps the next wait from beginning. */
  wake(): void;
  /** Runs `wait`, whose signal is aborted by wake(). */
  during(wait: (signal: AbortSignal) => Promise<void>): Promise<void>;
}

export function createWakeSignal(): WakeSignal {
  let due = false;
  let waiting: AbortController | null = null;
  return {
    wake() {
      due = true;
      waiting?.abort();
    },
    async during(wait) {
      if (!due) {
        waiting = new AbortController();
        await wait(waiting.signal);
        waiting = null;
      }
      due = false;
    },
  };
}
