/**
 * Waits at most `ms` milliseconds for `work`. What `work` does afterwards is nobody's business any
 * more: when it fails late, nothing hears of it.
 */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what} took longer than ${ms / 1000} s.`));
    }, ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until `work` has ended, well or not, but at most `ms` milliseconds. Never rejects. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([within(ms, 'Waiting', work)]);
}
