/** The thread in which mail is made harmless: hostile HTML may keep it busy, but not the server. */
import { parentPort } from 'node:worker_threads';
import { composeBody, type BodyJob } from './compose-body.ts';

parentPort?.on('message', (job: BodyJob) => {
  parentPort?.postMessage(composeBody(job));
});
