import { BullQueue } from '../../../src/queue/bull-queue.ts';

/**
 * A worker in a process of its own: `worker-process.ts URL PREFIX HOW`. It prints "did ID" for each
 * filed job, or with HOW = `hang` prints "begun ID" and never finishes. A line on its input makes
 * it close the queue; then it must end by itself.
 */
const [url = '', prefix = '', how = ''] = process.argv.slice(2);
const print = (message: string): void => {
  process.stdout.write(`${message}\n`);
};
const log = { info: print, warn: print, error: print };
const queue = new BullQueue({ url, prefix, log, lockMs: 1000 });

queue.process('file', 1, async ({ ids }) => {
  if (how !== 'work') {
    print(`begun ${ids.join()}`);
    await new Promise(() => undefined);
  }
  print(`did ${ids.join()}`);
});

process.stdin.once('data', () => {
  process.stdin.destroy();
  void queue.close(100).then(() => {
    print('closed');
  });
});
