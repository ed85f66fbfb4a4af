import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFrozen, type RunningProcess } from '../support/installation.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

const KEEPS = 'This process keeps the mailbox now';
const LOST = 'The lock on the mailbox was lost';

/** As after a suspended virtual machine: it comes back and knows nothing of the time between. */
describe('a worker of two that is frozen and woken', () => {
  let trial: Trial;

  beforeEach(async () => {
    trial = await startTrial({ redis: true });
  });

  afterEach(async () => {
    await trial.remove();
  });

  it('is replaced as the keeper while it sleeps, and does no harm when it wakes', async () => {
    const [keeper, other] = await startTwo(trial);
    await trial.deliver(3);
    keeper.kill('SIGSTOP');
    await trial.deliver(3);
    await takenOver(other);
    await allPutAway(trial);
    await wake(keeper);
    await trial.deliver(2);
    await allEndsWell(trial, [keeper, other]);
  });

  it.each([
    { name: 'before the server sees that messages are to be moved', passes: 'after' },
    { name: 'before the answer to the move arrives', passes: 'before' },
  ])('is replaced when it froze $name', async ({ passes }) => {
    const [keeper, other] = await startTwo(trial);
    const act = async () => {
      keeper.kill('SIGSTOP');
      // The command waits on its way until another keeper has done everything, or goes on at once.
      if (passes === 'after') await takenOver(other).then(() => allPutAway(trial));
    };
    trial.proxy.on(/^UID MOVE/, { kind: 'first', act }, 'once');
    await trial.deliver(3);
    await takenOver(other);
    await allPutAway(trial);
    await wake(keeper);
    await allEndsWell(trial, [keeper, other]);
  });

  it.each(['claimed', 'originals-stored', 'acknowledging', 'acknowledged-on-server'])(
    'is replaced when it froze at "%s"',
    async (point) => {
      const sleeper = await trial.installation.serveFreezing(point);
      const deliver = async () => {
        await trial.deliver(1);
        return await isFrozen(sleeper.pid);
      };
      await until('it freezes', deliver);
      const other = await trial.installation.serve('worker');
      await takenOver(other);
      await allPutAway(trial);
      await wake(sleeper);
      await trial.deliver(1);
      await allEndsWell(trial, [sleeper, other]);
    },
  );
});

async function startTwo({ installation }: Trial): Promise<[RunningProcess, RunningProcess]> {
  const keeper = await installation.serve('worker');
  await until('the first keeps the mailbox', () => keeper.output().includes(KEEPS));
  return [keeper, await installation.serve('worker')];
}

async function takenOver(other: RunningProcess): Promise<void> {
  await until('the other keeps the mailbox', () => other.output().includes(KEEPS));
}

/** By whoever is awake. */
async function allPutAway({ dovecot, installation: { db } }: Trial): Promise<void> {
  await until('all is put away', async () => {
    if ((await dovecot.list()).length > 0) return false;
    return (await db('inbound_messages').whereNot({ state: 'acknowledged' })).length === 0;
  });
}

async function wake(sleeper: RunningProcess): Promise<void> {
  sleeper.kill('SIGCONT');
  await until('it knows that it was replaced', () => sleeper.output().includes(LOST));
}

async function allEndsWell(trial: Trial, workers: readonly RunningProcess[]): Promise<void> {
  await trial.poll();
  for (const worker of workers) expect(await worker.stop()).toBe(0);
  await finish(trial);
  // A bounce that was under way when a worker froze counts as cut off.
  expect(await checkEndState(trial, { unknownBounces: 1 })).toEqual([]);
}
