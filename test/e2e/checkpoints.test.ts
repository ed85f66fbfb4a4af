import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CHECKPOINTS } from '../../src/shared/checkpoint.ts';
import type { RunningProcess } from '../support/installation.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { withTrial, type Trial } from '../support/trial/trial.ts';

const BOUNCE_POINTS: readonly string[] = ['bounce-sending', 'bounce-sent'];

/** Killed there twice: when it comes to the point first, and when it comes to it a second time. */
describe.concurrent('a worker that is killed at a named point', () => {
  it.each(CHECKPOINTS)('leaves nothing lost, doubled or sent twice: %s', async (point) => {
    await withTrial({}, async (trial) => {
      await trial.deliver(4);
      for (const nth of [1, 2]) {
        const worker = await trial.installation.serveCrashing(point, nth);
        expect(await deliverUntilItEnds(trial, worker)).toBe('SIGKILL');
      }
      await finish(trial);
      // Bounces leave while other work goes on, so any end may cut one off.
      expect(await checkEndState(trial, { unknownBounces: 2 })).toEqual([]);
      if (BOUNCE_POINTS.includes(point)) expect(await countUnknown(trial)).toBe(2);
    });
  });
});

/** More mail, a batch at a time, makes sure that each point is passed a second time. */
async function deliverUntilItEnds(trial: Trial, worker: RunningProcess) {
  for (let rounds = 0; rounds < 30; rounds += 1) {
    const end = await Promise.race([worker.ended, sleep(1000)]);
    if (end !== undefined) return end;
    await trial.deliver();
  }
  return `It never comes to this point: ${worker.output()}`;
}

async function countUnknown({ installation }: Trial): Promise<number> {
  return (await installation.db('outgoing_messages').where({ state: 'unknown' })).length;
}
