/** A process in one endless calculation, watched by the thread under test. Prints its pid first. */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const watch = new URL('../../../../src/inbound/reading/orphan-watch.ts', import.meta.url);
const worker = new Worker(watch, { workerData: process.ppid });
worker.once('online', () => {
  writeSync(1, `${process.pid}\n`);
  for (let turns = 0; ; turns += 1) Math.sqrt(turns);
});
