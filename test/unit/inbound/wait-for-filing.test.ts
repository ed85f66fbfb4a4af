import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitForFiling } from '../../../src/inbound/wait-for-filing.ts';
import { InProcessQueue } from '../../../src/queue/in-process-queue.ts';
import type { JobQueue } from '../../../src/queue/job-queue.ts';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

let queue: JobQueue;
beforeEach(() => {
  queue = new InProcessQueue({ log: SILENT });
});
afterEach(() => queue.close(0));

async function ring(...ids: number[]): Promise<void> {
  for (const id of ids) await queue.add('file', { ids: [id] });
}

/** What has happened, in its order, when all of it has. */
async function order(...events: [string, Promise<unknown>][]): Promise<string[]> {
  const happened: string[] = [];
  await Promise.all(
    events.map(async ([name, event]) => {
      await event;
      happened.push(name);
    }),
  );
  return happened;
}

test('holds up nothing while little waits, however much that is big does', async () => {
  await ring(1);
  for (let id = 1; id <= 50; id += 1) await queue.add('file-slow', { ids: [id] });
  const tick = new Promise((resolve) => setTimeout(resolve, 500));
  expect(await order(['tick', tick], ['goes on', waitForFiling(queue)])).toEqual([
    'goes on',
    'tick',
  ]);
});

test('waits until those who file have nearly all', async () => {
  await ring(1, 2, 3, 4);
  const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
  const { promise: end, resolve: finish } = Promise.withResolvers<undefined>();
  const waited = waitForFiling(queue);
  setTimeout(() => {
    queue.process('file', 3, async () => {
      begin(undefined);
      await end;
    });
  }, 100);
  expect(await order(['goes on', waited], ['filing', begun])).toEqual(['filing', 'goes on']);
  finish(undefined);
});

test('goes on in the end though nobody files', async () => {
  await ring(1, 2, 3);
  await waitForFiling(queue);
  expect(await queue.waiting('file')).toBe(3);
});

test('goes on when the queue is out of reach', async () => {
  const away = { waiting: () => Promise.reject(new Error('Redis is away')) };
  await waitForFiling(away);
});
