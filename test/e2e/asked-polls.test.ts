import { describe, expect, it } from 'vitest';
import { findPollRequest, requestPoll } from '../../src/ledger/poll-requests.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { withTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

describe.concurrent('a poll that somebody asked for', () => {
  it('is not answered with the end of a connection that was at work before', async () => {
    await withTrial({}, async (trial) => {
      const running = await trial.installation.serve('start');
      const asked = Promise.withResolvers<number>();
      const act = async () => {
        asked.resolve(await ask(trial));
        trial.proxy.cutAll('rst');
      };
      trial.proxy.on(/^UID MOVE/, { kind: 'first', act }, 'once');
      await trial.deliver(1);
      expect(await answerTo(trial, await asked.promise)).toMatchObject({ problem: null });
      expect(await running.stop()).toBe(0);
      await finish(trial);
      expect(await checkEndState(trial)).toEqual([]);
    });
  });

  it('is not answered with the end of a connection that was opened before it', async () => {
    await withTrial({}, async (trial) => {
      const running = await trial.installation.serve('start');
      await until('it waits for news', () => Promise.resolve(commands(trial, /^IDLE/) > 0));
      trial.proxy.on(/^(SELECT|UID SEARCH)/, { kind: 'cut', how: 'rst' }, 'once');
      const connections = trial.proxy.connections;
      expect(await answerTo(trial, await ask(trial))).toMatchObject({ problem: null });
      expect(trial.proxy.connections).toBe(connections + 1);
      expect(await running.stop()).toBe(0);
    });
  });

  it('is not answered with the end of a connection that was being opened before it', async () => {
    await withTrial({}, async (trial) => {
      const asked = Promise.withResolvers<number>();
      const act = async () => {
        asked.resolve(await ask(trial));
        trial.proxy.cutAll('rst');
      };
      trial.proxy.on(/^(AUTHENTICATE|LOGIN)/, { kind: 'first', act }, 'once');
      const running = await trial.installation.serve('start');
      expect(await answerTo(trial, await asked.promise)).toMatchObject({ problem: null });
      expect(await running.stop()).toBe(0);
    });
  });

  it('keeps its answer when the connection breaks after it', async () => {
    await withTrial({}, async (trial) => {
      const request = await ask(trial);
      await trial.deliver(1);
      trial.proxy.on(/^UID FETCH .*BODY/, { kind: 'cut', how: 'rst' }, 'once');
      const running = await trial.installation.serve('start');
      await until('all is put away', async () => (await trial.dovecot.list()).length === 0);
      expect(await answerTo(trial, request)).toMatchObject({ problem: null, uids: { length: 7 } });
      expect(await running.stop()).toBe(0);
    });
  });

  it('is told of trouble that a new connection meets too', async () => {
    await withTrial({}, async (trial) => {
      const running = await trial.installation.serve('start');
      await until('it waits for news', () => Promise.resolve(commands(trial, /^IDLE/) > 0));
      trial.proxy.on(/^(SELECT|UID SEARCH)/, { kind: 'answer', text: 'NO not today' });
      const { problem } = await answerTo(trial, await ask(trial));
      expect(problem).toContain('not today');
      expect(await running.stop()).toBe(0);
    });
  });
});

function commands({ proxy }: Trial, like: RegExp): number {
  return proxy.commands.filter((command) => like.test(command)).length;
}

async function ask({ installation: { db } }: Trial): Promise<number> {
  const mailbox = await db('mailboxes').where({ active: true }).first('id');
  return await requestPoll(db, mailbox?.id ?? 0);
}

async function answerTo({ installation: { db } }: Trial, request: number) {
  await until('it is answered', async () => {
    return (await findPollRequest(db, request))?.answered_at != null;
  });
  const row = await findPollRequest(db, request);
  if (!row) throw new Error('There is no such request.');
  return row;
}
