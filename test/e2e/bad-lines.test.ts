import { describe, expect, it } from 'vitest';
import type { RunningProcess } from '../support/installation.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { withTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

const WHOLE_MAILS = /^UID FETCH .*BODY\.PEEK\[\]/;

describe.concurrent('a line that fails while mail is read', () => {
  it('costs nothing when it is cut in the middle of mails, politely or not', async () => {
    await withTrial({}, async (trial) => {
      const running = await trial.installation.serve('start');
      for (const [round, how] of (['fin', 'rst', 'fin', 'rst'] as const).entries()) {
        const fault = { kind: 'cut', how, afterBytes: 1500 * (round + 1) } as const;
        trial.proxy.on(WHOLE_MAILS, fault, 'once');
        await trial.deliver(2);
        // Cuts that follow each other hit one mail again and again, which is then left for minutes.
        await folderEmpty(trial);
      }
      await archivedAll(trial, running);
    });
  });

  it('costs nothing when the server trickles, and is given up in the end', async () => {
    await withTrial({}, async (trial) => {
      const running = await trial.installation.serve('start');
      trial.proxy.on(WHOLE_MAILS, { kind: 'trickle', everyMs: 20 }, 'once');
      await trial.deliver(3);
      await until('the connection is given up', () => trial.proxy.connections > 1);
      await archivedAll(trial, running);
    });
  });

  it('costs nothing when the server goes away and comes back', async () => {
    await withTrial({}, async (trial) => {
      const running = await trial.installation.serve('start');
      const { db } = trial.installation;
      await trial.deliver(4);
      await until('some is stored', async () => (await db('inbound_messages')).length > 0);
      await trial.dovecot.halt();
      await until('it is noticed', async () => {
        return (await db('mailboxes').whereNotNull('problem')).length > 0;
      });
      await trial.dovecot.start();
      await trial.deliver(1);
      await archivedAll(trial, running);
    });
  });
});

describe.concurrent('a server that says NO', () => {
  it('to SEARCH does not pass for an empty mailbox', async () => {
    await withTrial({}, async (trial) => {
      await trial.deliver(1);
      trial.proxy.on(/^UID SEARCH/, { kind: 'answer', text: 'NO [SERVERBUG] out of order' });
      const { stderr } = await trial.poll({ expected: 1 });
      expect(stderr).toContain('out of order');
      trial.proxy.clear();
      await finish(trial);
      expect(await checkEndState(trial)).toEqual([]);
    });
  });

  it('to STORE leaves everything on record', async () => {
    await withTrial({ after: { kind: 'seen' } }, async (trial) => {
      const mails = await trial.deliver(1);
      trial.proxy.on(/^UID STORE/, { kind: 'answer', text: 'NO not allowed' });
      const { stderr } = await trial.poll({ expected: 1 });
      expect(stderr).toContain('not allowed');
      const { db } = trial.installation;
      const decided = await db('inbound_messages').where({ state: 'decided' });
      expect(decided.length).toBe(mails.length);
      trial.proxy.clear();
      await finish(trial);
      const folders = { INBOX: mails.length, Done: 0 };
      expect(await checkEndState(trial, { folders })).toEqual([]);
      const seen = (await trial.dovecot.list()).filter(({ flags }) => flags.includes('\\Seen'));
      expect(seen.length).toBe(mails.length);
    });
  });
});

async function folderEmpty(trial: Trial): Promise<void> {
  await until('the folder is empty', async () => (await trial.dovecot.list()).length === 0);
}

/** By the process that runs, and to the end. */
async function archivedAll(trial: Trial, running: RunningProcess): Promise<void> {
  await folderEmpty(trial);
  expect(await running.stop()).toBe(0);
  await finish(trial);
  expect(await checkEndState(trial, { unknownBounces: 1 })).toEqual([]);
}
