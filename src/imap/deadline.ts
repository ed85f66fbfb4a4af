import { MailboxProblem } from './mailbox.ts';

/** How long a command may take in all. */
export interface DeadlineLimits {
  /** What every command gets, in milliseconds. */
  readonly baseMs: number;
  /** Each byte that arrives buys more time at this rate: big messages may take long, trickling not. */
  readonly bytesPerSecond: number;
  /** The most that any command gets, in milliseconds, however much arrives. */
  readonly maxMs: number;
}

/** 30 s, and more for what is worth it: 50 MB over a slow line, but at least 64 KB a second. */
export const DEADLINE: DeadlineLimits = {
  baseMs: 30_000,
  bytesPerSecond: 64 * 1024,
  maxMs: 20 * 60_000,
};

/** A connection as a deadline sees it. */
export interface Timed {
  /** Bytes received so far. */
  received(): number;
  /** Ends the connection at once; what waits for it is rejected. */
  cut(): void;
}

/**
 * Gives up on work that takes longer than its limits, however busy the connection looks: socket
 * timeouts count inactivity only, and a server that sends a byte now and then beats them.
 * Rejects after cutting the connection: with too-slow where bytes still came shortly before, else with timed-out.
 */
export async function withinDeadline<T>(
  what: string,
  work: Promise<T>,
  connection: Timed,
  limits: DeadlineLimits,
): Promise<T> {
  const startedAt = performance.now();
  const receivedBefore = connection.received();
  let samples = [receivedBefore, receivedBefore];
  let timer: NodeJS.Timeout | undefined;
  const sampling = setInterval(() => {
    samples = [samples[1] ?? 0, connection.received()];
  }, limits.baseMs / 4);
  const expiry = new Promise<never>((_, reject) => {
    const check = () => {
      const elapsed = performance.now() - startedAt;
      const left = allowance(connection.received() - receivedBefore, limits) - elapsed;
      if (left > 1) {
        timer = setTimeout(check, left);
        return;
      }
      const seconds = Math.round(elapsed / 1000);
      const code = connection.received() > (samples[0] ?? 0) ? 'too-slow' : 'timed-out';
      reject(new MailboxProblem(code, `no end of ${what} after ${seconds} s`));
      connection.cut();
    };
    timer = setTimeout(check, limits.baseMs);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
    clearInterval(sampling);
    // The cut rejects the work as well; nobody listens to it any more.
    work.catch(() => undefined);
  }
}

function allowance(received: number, limits: DeadlineLimits): number {
  const earned = (received / limits.bytesPerSecond) * 1000;
  return Math.min(limits.baseMs + earned, limits.maxMs);
}
