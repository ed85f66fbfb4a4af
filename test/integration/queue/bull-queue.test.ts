import { afterAll, beforeAll } from 'vitest';
import { BullQueue } from '../../../src/queue/bull-queue.ts';
import { startRedis, type RedisServer } from '../../support/redis.ts';
import { describeJobQueue } from './job-queue-contract.ts';

let redis: RedisServer;
let opened = 0;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describeJobQueue('bull', (log) => {
  opened += 1;
  return new BullQueue({ url: redis.url, log, retryDelayMs: 10, prefix: `test-${opened}` });
});
