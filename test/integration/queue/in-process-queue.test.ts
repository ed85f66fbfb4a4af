import { expect, it, vi } from 'vitest';
import { InProcessQueue } from '../../../src/queue/in-process-queue.ts';
import { describeJobQueue } from './job-queue-contract.ts';
import { collectingLog, gate } from './queue-tools.ts';

describeJobQueue('in-process', (log) => new InProcessQueue({ log, retryDelayMs: 10 }));

it('drops what exceeds its limit, says so once, and takes jobs again when some are done', async () => {
  const log = collectingLog();
  const queue = new InProcessQueue({ log, maxWaiting: 3 });
  const door = gate();
  const filed: number[] = [];
  for (const id of [1, 2, 3, 4, 5]) await queue.add('file', { ids: [id] });
  expect(log.warnings).toEqual(['3 jobs named file wait: more are dropped until some are done.']);
  await queue.add('poll', {});
  queue.process('file', 1, async ({ ids }) => {
    filed.push(...ids);
    await door.opened;
  });
  await vi.waitFor(() => {
    expect(filed).toEqual([1]);
  });
  await queue.add('file', { ids: [6] });
  door.open();
  await vi.waitFor(() => {
    expect(filed).toEqual([1, 2, 3, 6]);
  });
  await queue.close(1000);
});

it('keeps one scheduled job waiting, however long nobody works on it', async () => {
  const queue = new InProcessQueue({ log: collectingLog() });
  await queue.schedule([
    { name: 'poll', everySeconds: 0.01 },
    { name: 'sweep', everySeconds: 0.1 },
  ]);
  let polls = 0;
  let sweeps = 0;
  queue.process('sweep', 1, () => {
    sweeps += 1;
    return Promise.resolve();
  });
  await vi.waitFor(() => {
    expect(sweeps).toBe(2);
  });
  await queue.schedule([]);
  queue.process('poll', 5, () => {
    polls += 1;
    return Promise.resolve();
  });
  await queue.close(1000);
  expect(polls).toBe(1);
});

it('names its limits in its health', async () => {
  const queue = new InProcessQueue({ log: collectingLog() });
  expect((await queue.health()).note).toBe(
    'Jobs run inside this process; set REDIS_URL to share work between processes.',
  );
  await queue.close(0);
});
