import { afterEach, describe, expect, it } from 'vitest';
import type { RunningProcess } from '../support/installation.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

let trial: Trial;

afterEach(async () => {
  await trial.remove();
});

describe('Redis', () => {
  it('may be killed while work goes on, and come back with nothing in it', async () => {
    trial = await startTrial({ redis: true });
    const { installation, redis } = trial;
    const workers = [await installation.serve('worker'), await installation.serve('worker')];
    for (let time = 0; time < 3; time += 1) {
      await trial.deliver(2);
      await until('work has begun', async () => {
        return (await installation.db('inbound_messages')).length > time * 14;
      });
      await redis!.kill9();
      await trial.deliver(1);
      await redis!.restart();
    }
    await allEndsWell(workers);
  });

  it('may be away when web and worker start', async () => {
    trial = await startTrial({ redis: true });
    const { installation, redis } = trial;
    await redis!.kill9();
    await trial.deliver(2);
    const processes = [await installation.serve('web'), await installation.serve('worker')];
    // Mail is read and kept without it.
    await until('all is stored', async () => {
      return (await installation.db('inbound_messages')).length === 14;
    });
    await redis!.restart();
    await allEndsWell(processes);
  });
});

describe('PostgreSQL', () => {
  it('may end all connections, again and again', async () => {
    trial = await startTrial({ redis: true });
    const { installation } = trial;
    const workers = [await installation.serve('worker'), await installation.serve('worker')];
    for (let time = 0; time < 4; time += 1) {
      await trial.deliver(3);
      await until('work has begun', async () => {
        return (await installation.db('inbound_messages')).length > time * 21;
      });
      await endConnectionsOfTheProduct(trial);
    }
    await allEndsWell(workers);
  });
});

/** Nobody died of it, and nothing is missing. */
async function allEndsWell(processes: readonly RunningProcess[]): Promise<void> {
  const { dovecot, installation } = trial;
  const settled = async () => {
    if ((await dovecot.list()).length > 0) return false;
    const open = await installation.db('inbound_messages').whereNot({ state: 'acknowledged' });
    return open.length === 0;
  };
  await until('all is put away', settled);
  for (const process of processes) expect(await process.stop(), process.output()).toBe(0);
  await finish(trial);
  // A bounce whose record could not be written counts as cut off.
  expect(await checkEndState(trial, { unknownBounces: 4 })).toEqual([]);
}

async function endConnectionsOfTheProduct({ installation: { db } }: Trial): Promise<void> {
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name in ('letterbook worker', 'letterbook keeper')`,
  );
  expect(rows.length).toBeGreaterThan(2);
}
