import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BodyJob, ComposedBody } from './compose-body.ts';

const LIMIT_MS = 5_000;
const IDLE_MS = 30_000;
const THREADS = 2;
/** More than this wait: the reader is told to try again. */
const MAX_WAITING = 50;

interface Thread {
  readonly worker: Worker;
  idle?: NodeJS.Timeout;
}

const idle: Thread[] = [];
const waiting: (() => void)[] = [];
let running = 0;

/**
 * Makes a body harmless beside the main thread, which mail must not hold up.
 *
 * @returns null when that took too long or too much memory.
 */
export async function composeInThread(job: BodyJob): Promise<ComposedBody | null> {
  if (running >= THREADS) {
    if (waiting.length >= MAX_WAITING) return null;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
  try {
    return await run(idle.pop() ?? startThread(), job);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function startThread(): Thread {
  const worker = new Worker(new URL('./body-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 },
    // Nothing of the process is its business.
    env: {},
    execArgv: [],
  });
  const thread: Thread = { worker };
  worker.on('error', () => leave(thread));
  worker.on('exit', () => leave(thread));
  return thread;
}

async function run(thread: Thread, job: BodyJob): Promise<ComposedBody | null> {
  const { worker } = thread;
  clearTimeout(thread.idle);
  worker.ref();
  const result = await answerOf(worker, job);
  if (result === null) await worker.terminate();
  else rest(thread);
  return result;
}

async function answerOf(worker: Worker, job: BodyJob): Promise<ComposedBody | null> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LIMIT_MS);
  try {
    const answer = once(worker, 'message', { signal: limit.signal }) as Promise<[ComposedBody]>;
    // It ends without an answer when it uses too much memory.
    const end = once(worker, 'exit', { signal: limit.signal }).then(() => null);
    worker.postMessage(job);
    const first = await Promise.race([answer, end]);
    return first?.[0] ?? null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}

/** It waits for the next mail, without keeping the process alive, and ends after a while. */
function rest(thread: Thread): void {
  thread.worker.unref();
  thread.idle = setTimeout(() => {
    leave(thread);
    void thread.worker.terminate();
  }, IDLE_MS).unref();
  idle.push(thread);
}

function leave(thread: Thread): void {
  const at = idle.indexOf(thread);
  if (at >= 0) idle.splice(at, 1);
}
