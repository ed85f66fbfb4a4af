import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BullQueue, type BullQueueOptions } from '../../../src/queue/bull-queue.ts';
import { startRedis, type RedisServer } from '../../support/redis.ts';
import { collectingLog, type CollectingLog } from './queue-tools.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };

let redis: RedisServer;
let log: CollectingLog;
let queue: BullQueue;
let polls: number;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.restart();
  log = collectingLog();
  polls = 0;
});
afterEach(() => queue.close(0));

function open(options: Partial<BullQueueOptions> = {}): void {
  queue = new BullQueue({ url: redis.url, log, ...options });
  queue.process('poll', 1, () => {
    polls += 1;
    return Promise.resolve();
  });
}

async function polledAgain(): Promise<void> {
  const before = polls;
  await vi.waitFor(() => {
    expect(polls).toBeGreaterThan(before + 1);
  }, PATIENCE);
}

describe('Bull when Redis fails', () => {
  it('waits for a Redis that is down at the start, and says so once', async () => {
    await redis.kill9();
    open({ limitMs: 2000 });
    const { host } = new URL(redis.url);
    const sentence = `Redis at ${host} does not answer (connect ECONNREFUSED ${host}). Start it, or set REDIS_URL to where it runs; jobs wait until it answers.`;
    await expect(queue.add('poll', {})).rejects.toThrow(sentence);
    await queue.schedule([{ name: 'poll', everySeconds: 0.1 }]);
    expect(await queue.health()).toEqual({ kind: 'bull', ok: false, note: sentence });
    expect(log.warnings).toEqual([sentence]);

    await redis.restart();
    await polledAgain();
    await queue.add('poll', {});
    expect(await queue.health()).toEqual({ kind: 'bull', ok: true, note: '' });
    expect(log.infos).toContain('Redis answers again.');
  });

  it('goes on when Redis dies and comes back empty', async () => {
    open({ limitMs: 2000 });
    await queue.schedule([{ name: 'poll', everySeconds: 0.1 }]);
    await polledAgain();
    await redis.kill9();
    await expect(queue.add('poll', {})).rejects.toThrow();
    await redis.restart();
    await polledAgain();
  });

  it('puts the schedule back after FLUSHALL', async () => {
    open({ maintainEveryMs: 100 });
    await queue.schedule([{ name: 'poll', everySeconds: 0.1 }]);
    await polledAgain();
    await redis.flush();
    await polledAgain();
  });

  it('gives up a call to a Redis that is frozen, and works when it thaws', async () => {
    open({ limitMs: 300, maintainEveryMs: 200 });
    await queue.add('poll', {});
    await vi.waitFor(() => {
      expect(polls).toBe(1);
    }, PATIENCE);
    redis.pause();
    await expect(queue.add('poll', {})).rejects.toThrow();
    expect(await queue.health()).toMatchObject({ ok: false });
    redis.resume();
    await vi.waitFor(() => queue.add('poll', {}), PATIENCE);
    await vi.waitFor(() => {
      expect(polls).toBeGreaterThanOrEqual(2);
    }, PATIENCE);
    expect(log.infos).toContain('Redis answers again.');
  });

  it.each(['dead', 'frozen'])('closes although Redis is %s and a job never ends', async (state) => {
    open({ limitMs: 500 });
    let begun = false;
    queue.process('send', 1, () => {
      begun = true;
      return new Promise(() => undefined);
    });
    await queue.add('send', {});
    await vi.waitFor(() => {
      expect(begun).toBe(true);
    }, PATIENCE);
    if (state === 'dead') await redis.kill9();
    else redis.pause();
    await queue.close(200);
    await expect(queue.add('poll', {})).rejects.toThrow('The queue is closed.');
  });

  it('tells the log of a wrong password, but not the password', async () => {
    await redis.command('CONFIG SET requirepass right-secret');
    open({ url: redis.url.replace('//', '//:wrong-secret@'), limitMs: 500 });
    await expect(queue.add('poll', {})).rejects.toThrow();
    const { note } = await queue.health();
    const said = [...log.warnings, ...log.errors, note];
    expect(said.join('\n')).toContain('WRONGPASS');
    expect(said.join('\n')).not.toContain('wrong-secret');
  });
});
