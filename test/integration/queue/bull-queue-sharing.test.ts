import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BullQueue } from '../../../src/queue/bull-queue.ts';
import { startRedis, type RedisServer } from '../../support/redis.ts';
import { collectingLog, gate } from './queue-tools.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };
const WORKER = new URL('worker-process.ts', import.meta.url).pathname;

let redis: RedisServer;
const queues: BullQueue[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(queues.splice(0).map((queue) => queue.close(0)));
});
afterAll(() => redis.stop());

function open(prefix: string, log = collectingLog()): BullQueue {
  const queue = new BullQueue({ url: redis.url, log, prefix, lockMs: 1000 });
  queues.push(queue);
  return queue;
}

function startWorker(prefix: string, how: 'work' | 'hang') {
  const child = spawn(process.execPath, [WORKER, redis.url, prefix, how], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { child, lines };
}

async function inRedis<T>(ask: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redis.url);
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

describe('Bull with several processes on one Redis', () => {
  it('gives each job to one of them', async () => {
    const queue = open('shared');
    const door = gate();
    const here: number[] = [];
    queue.process('file', 1, async ({ ids }) => {
      here.push(...ids);
      await door.opened;
    });
    await queue.add('file', { ids: [0] });
    await vi.waitFor(() => {
      expect(here).toEqual([0]);
    }, PATIENCE);
    const { lines } = startWorker('shared', 'work');
    for (let id = 1; id <= 50; id += 1) await queue.add('file', { ids: [id] });
    await vi.waitFor(() => {
      expect(lines).not.toEqual([]);
    }, PATIENCE);
    door.open();
    const all = (): number[] =>
      [...here, ...lines.map((line) => Number(line.replace('did ', '')))].toSorted((a, b) => a - b);
    await vi.waitFor(() => {
      expect(all()).toEqual(Array.from({ length: 51 }, (_, id) => id));
    }, PATIENCE);
  });

  it('takes over the job of a worker that was killed', async () => {
    const log = collectingLog();
    const { child, lines } = startWorker('killed', 'hang');
    const queue = open('killed', log);
    await queue.add('file', { ids: [7] });
    await vi.waitFor(() => {
      expect(lines).toEqual(['begun 7']);
    }, PATIENCE);
    child.kill('SIGKILL');
    const here: number[] = [];
    queue.process('file', 1, ({ ids }) => {
      here.push(...ids);
      return Promise.resolve();
    });
    await vi.waitFor(() => {
      expect(here).toEqual([7]);
    }, PATIENCE);
    await vi.waitFor(() => {
      expect(log.warnings.join()).toContain('is done anew');
    }, PATIENCE);
  });

  it('hands on what a process that is told to end leaves undone', async () => {
    const ending = open('handed-on');
    const door = gate();
    ending.process('send', 1, () => door.opened);
    await ending.add('send', {});
    await vi.waitFor(async () => {
      expect(await ending.waiting('send')).toBe(0);
    }, PATIENCE);
    const closed = ending.close(3_600_000);
    door.open();
    await closed;
    let sent = 0;
    open('handed-on').process('send', 1, () => {
      sent += 1;
      return Promise.resolve();
    });
    await vi.waitFor(() => {
      expect(sent).toBe(1);
    }, PATIENCE);
  });

  it('does not wait for a job that ended while Redis was away', async () => {
    const own = await startRedis();
    try {
      const queue = new BullQueue({
        url: own.url,
        log: collectingLog(),
        prefix: 'away',
        lockMs: 1000,
      });
      const door = await holdJob(queue);
      await own.kill9();
      door.open();
      await queue.close(3_600_000);
    } finally {
      await own.stop();
    }
  });

  it('does not wait for a job that is not its own any more', async () => {
    const log = collectingLog();
    const queue = open('lost', log);
    const door = await holdJob(queue);
    // As after another worker took it from this one, which was frozen, and did it.
    await inRedis(async (client) => client.del(await client.keys('lost:file:*')));
    door.open();
    await vi.waitFor(() => {
      expect(log.warnings).toEqual([
        expect.stringContaining("Job file 1 is not this worker's any more"),
      ]);
    }, PATIENCE);
    // Longer than the test may take.
    await queue.close(3_600_000);
  });

  it('runs a repeated job once per interval although three of them schedule it', async () => {
    for (let count = 0; count < 3; count += 1) {
      await open('thrice').schedule([{ name: 'poll', everySeconds: 3600 }]);
    }
    expect(await inRedis((client) => client.zcard('thrice:poll:delayed'))).toBe(1);
    expect(await inRedis((client) => client.zrange('thrice:poll:repeat', 0, -1))).toHaveLength(1);
  });

  it('leaves one repeated job when the interval changes', async () => {
    await open('changed').schedule([
      { name: 'poll', everySeconds: 3600 },
      { name: 'sweep', everySeconds: 60 },
    ]);
    await open('changed').schedule([{ name: 'poll', everySeconds: 1800 }]);
    const [repeats, delayed, sweeps] = await inRedis((client) =>
      Promise.all([
        client.zrange('changed:poll:repeat', 0, -1),
        client.zcard('changed:poll:delayed'),
        client.zcard('changed:sweep:repeat'),
      ]),
    );
    expect(repeats).toEqual(['poll:::1800000']);
    expect(delayed).toBe(1);
    expect(sweeps).toBe(0);
  });

  it('does not bring its own interval back when somebody changed it', async () => {
    const log = collectingLog();
    const first = new BullQueue({ url: redis.url, log, prefix: 'later', maintainEveryMs: 20 });
    queues.push(first);
    await first.schedule([{ name: 'poll', everySeconds: 3600 }]);
    await open('later').schedule([{ name: 'poll', everySeconds: 1800 }]);
    // Many maintenances later, known by the commands that Redis was sent.
    await inRedis(async (client) => {
      const start = await commandsSeen(client, 'ping');
      await vi.waitFor(async () => {
        expect(await commandsSeen(client, 'ping')).toBeGreaterThan(start + 5);
      }, PATIENCE);
      expect(await client.zrange('later:poll:repeat', 0, -1)).toEqual(['poll:::1800000']);
    });
  });
});

describe('a process that closes its queue', () => {
  it.each(['well', 'dead', 'frozen'])('ends by itself when Redis is %s', async (state) => {
    const { child, lines } = startWorker(state, 'hang');
    const exit = new Promise((resolve) => child.once('exit', resolve));
    await open(state).add('file', { ids: [1] });
    await vi.waitFor(() => {
      expect(lines).toEqual(['begun 1']);
    }, PATIENCE);
    if (state === 'dead') await redis.kill9();
    if (state === 'frozen') redis.pause();
    child.stdin.write('close\n');
    expect(await exit).toBe(0);
    expect(lines.at(-1)).toBe('closed');
    await redis.restart();
  });
});

async function commandsSeen(client: Redis, name: string): Promise<number> {
  const stats = await client.info('commandstats');
  return Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
}

/** A job that has begun and goes on until its door is opened. */
async function holdJob(queue: BullQueue): Promise<ReturnType<typeof gate>> {
  const door = gate();
  let begun = false;
  queue.process('file', 1, async () => {
    begun = true;
    await door.opened;
  });
  await queue.add('file', { ids: [7] });
  await vi.waitFor(() => {
    expect(begun).toBe(true);
  }, PATIENCE);
  return door;
}
