/**
 * A thread of the reading process that ends it when its parent is gone. The process itself sees the
 * end of its input, but not while it is deep in one endless calculation.
 */
import { setInterval } from 'node:timers';
import { workerData } from 'node:worker_threads';

const EVERY_MS = 500;

setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
}, EVERY_MS);
