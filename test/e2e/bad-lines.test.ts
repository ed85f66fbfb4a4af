import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningProcess } from '../support/installation.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

const WHOLE_MAILS = /^UID FETCH .*BODY\.PEEK\[\]/;

describe('a line that fails while mail is read', () => {
  let trial: Trial;
  let running: RunningProcess;

  beforeEach(async () => {
    trial = await startTrial();
    running = await trial.installation.serve('start');
  });

  afterEach(async () => {
    await trial.remove();
  });

  it('costs nothing when it is cut in the middle of mails, politely or not', async () => {
    for (const [round, how] of (['fin', 'rst', 'fin', 'rst'] as const).entries()) {
      const fault = { kind: 'cut', how, afterBytes: 1500 * (round + 1) } as const;
      trial.proxy.on(WHOLE_MAILS, fault, 'once');
      await trial.deliver(2);
    }
    await archivedAll(trial, running);
  });

  it('costs nothing when the server trickles, and is given up in the end', async () => {
    trial.proxy.on(WHOLE_MAILS, { kind: 'trickle', everyMs: 20 }, 'once');
    await trial.deliver(3);
    await until('the connection is given up', () => trial.proxy.connections > 1);
    await archivedAll(trial, running);
  });

  it('costs nothing when the server goes away and comes back', async () => {
    await trial.deliver(4);
    await until('some mail is stored', async () => {
      return (await trial.installation.db('inbound_messages')).length > 0;
    });
    await trial.dovecot.halt();
    await until('it is noticed', async () => {
      return (await trial.installation.db('mailboxes').whereNotNull('problem')).length > 0;
    });
    await trial.dovecot.start();
    await trial.deliver(1);
    await archivedAll(trial, running);
  });
});

describe('a server that says NO', () => {
  let trial: Trial;

  afterEach(async () => {
    await trial.remove();
  });

  it('to SEARCH does not pass for an empty mailbox', async () => {
    trial = await startTrial();
    await trial.deliver(1);
    trial.proxy.on(/^UID SEARCH/, { kind: 'answer', text: 'NO [SERVERBUG] out of order' });
    const { stderr } = await trial.poll({ expected: 1 });
    expect(stderr).toContain('out of order');
    trial.proxy.clear();
    await finish(trial);
    expect(await checkEndState(trial)).toEqual([]);
  });

  it('to STORE leaves everything on record', async () => {
    trial = await startTrial({ after: { kind: 'seen' } });
    const mails = await trial.deliver(1);
    trial.proxy.on(/^UID STORE/, { kind: 'answer', text: 'NO not allowed' });
    const { stderr } = await trial.poll({ expected: 1 });
    expect(stderr).toContain('not allowed');
    const decided = await trial.installation.db('inbound_messages').where({ state: 'decided' });
    expect(decided.length).toBe(mails.length);
    trial.proxy.clear();
    await finish(trial);
    const folders = { INBOX: mails.length, Done: 0 };
    expect(await checkEndState(trial, { folders })).toEqual([]);
    const seen = (await trial.dovecot.list()).filter(({ flags }) => flags.includes('\\Seen'));
    expect(seen.length).toBe(mails.length);
  });
});

/** By the process that runs, and to the end. */
async function archivedAll(trial: Trial, running: RunningProcess): Promise<void> {
  await until('the folder is empty', async () => (await trial.dovecot.list()).length === 0);
  expect(await running.stop()).toBe(0);
  await finish(trial);
  expect(await checkEndState(trial, { unknownBounces: 1 })).toEqual([]);
}
