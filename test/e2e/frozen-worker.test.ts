import { describe, expect, it } from 'vitest';
import { isFrozen, type RunningProcess } from '../support/installation.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { withTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

const KEEPS = 'This process keeps the mailbox now';
const LOST = 'The lock on the mailbox was lost';

/**
 * As after a suspended virtual machine: it comes back and knows nothing of the time between. Most of
 * that is waiting until others may take over, so the tests run side by side.
 */
describe.concurrent('a worker of two that is frozen and woken', () => {
  it('is replaced as the keeper while it sleeps, and does no harm when it wakes', async () => {
    await withTrial({ redis: true }, async (trial) => {
      const [keeper, other] = await startTwo(trial);
      await trial.deliver(3);
      keeper.kill('SIGSTOP');
      await trial.deliver(3);
      await takenOver(trial, other);
      await wake(keeper);
      await trial.deliver(2);
      await allEndsWell(trial, [keeper, other]);
    });
  });

  it.each([
    { name: 'before the server sees that messages are to be moved', passes: 'after' },
    { name: 'before the answer to the move arrives', passes: 'before' },
  ])('is replaced when it froze $name', async ({ passes }) => {
    await withTrial({ redis: true }, async (trial) => {
      const [keeper, other] = await startTwo(trial);
      const replacement = Promise.withResolvers<undefined>();
      const act = async () => {
        keeper.kill('SIGSTOP');
        // The command waits on its way until another keeper has done it all, or goes on at once.
        if (passes === 'after') await replacement.promise;
      };
      trial.proxy.on(/^UID MOVE/, { kind: 'first', act }, 'once');
      await trial.deliver(3);
      await until('it freezes', () => isFrozen(keeper.pid));
      await takenOver(trial, other);
      replacement.resolve(undefined);
      await wake(keeper);
      await allEndsWell(trial, [keeper, other]);
    });
  });

  it.each(['claimed', 'acknowledged-on-server'])(
    'is replaced when it froze at "%s"',
    async (point) => {
      await withTrial({ redis: true }, async (trial) => {
        const sleeper = await trial.installation.serveFreezing(point);
        await trial.deliver(1);
        await until('it freezes', () => isFrozen(sleeper.pid));
        const other = await trial.installation.serve('worker');
        await takenOver(trial, other);
        await wake(sleeper);
        await trial.deliver(1);
        await allEndsWell(trial, [sleeper, other]);
      });
    },
  );
});

async function startTwo({ installation }: Trial): Promise<[RunningProcess, RunningProcess]> {
  const keeper = await installation.serve('worker');
  await until('the first keeps the mailbox', () => keeper.output().includes(KEEPS));
  return [keeper, await installation.serve('worker')];
}

/** The other keeps the mailbox, and everything in it is put away, while the sleeper sleeps. */
async function takenOver(
  { dovecot, installation: { db } }: Trial,
  other: RunningProcess,
): Promise<void> {
  await until('the other keeps the mailbox', () => other.output().includes(KEEPS));
  await until('all is put away', async () => {
    if ((await dovecot.list()).length > 0) return false;
    return (await db('inbound_messages').whereNot({ state: 'acknowledged' })).length === 0;
  });
}

async function wake(sleeper: RunningProcess): Promise<void> {
  expect(await isFrozen(sleeper.pid)).toBe(true);
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
