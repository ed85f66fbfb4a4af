import { describe, expect, it } from 'vitest';
import { checkEndState, countCopies, finish } from '../support/trial/check-trial.ts';
import { withTrial } from '../support/trial/trial.ts';

describe.concurrent('a server that refuses to move what was archived', () => {
  it.each([
    { text: 'NO [OVERQUOTA] Quota exceeded', diagnosis: 'Quota exceeded' },
    { text: 'NO [TRYCREATE] No such folder', diagnosis: 'There is no folder Done' },
    { text: 'NO not today', diagnosis: 'not today' },
  ])('keeps every outcome on record: $text', async ({ text, diagnosis }) => {
    await withTrial({}, async (trial) => {
      const mails = await trial.deliver(2);
      trial.proxy.on(/^UID MOVE/, { kind: 'answer', text });
      const { stderr } = await trial.poll({ expected: 1 });
      expect(stderr).toContain(diagnosis);
      const rows = await trial.installation.db('inbound_messages').select('state', 'outcome');
      expect(rows.length).toBe(mails.length);
      expect(rows.filter((row) => row.state !== 'decided' || row.outcome === null)).toEqual([]);
      expect((await trial.dovecot.list()).length).toBe(mails.length);

      trial.proxy.clear();
      await finish(trial);
      expect(await checkEndState(trial)).toEqual([]);
    });
  });
});

describe.concurrent('a server that can do less', () => {
  it('copies and removes where there is no MOVE', async () => {
    await withTrial({ dovecot: { hide: ['MOVE'] } }, async (trial) => {
      await trial.deliver(2);
      await finish(trial);
      expect(await checkEndState(trial)).toEqual([]);
      expect(trial.proxy.commands.filter((command) => command === 'EXPUNGE')).toEqual([]);
    });
  });

  it('flags what it copied where there is no UIDPLUS either, and is not fooled by it', async () => {
    await withTrial({ dovecot: { hide: ['MOVE', 'UIDPLUS'] } }, async (trial) => {
      await trial.deliver(1);
      await finish(trial);
      await trial.deliver(1);
      await finish(trial);
      const count = countCopies(trial.mail.scenario());
      expect(await checkEndState(trial, { folders: { INBOX: count, Done: count } })).toEqual([]);
      const left = await trial.dovecot.list();
      expect(left.filter((message) => !message.flags.includes('\\Deleted'))).toEqual([]);
      expect(trial.proxy.commands.filter((command) => command === 'EXPUNGE')).toEqual([]);
    });
  });
});
