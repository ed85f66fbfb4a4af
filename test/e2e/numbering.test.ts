import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

/** INBOX can't be deleted, so another folder is polled. */
const FOLDER = 'Archive';

describe('a folder that is numbered anew, with the same mails in it', () => {
  let trial: Trial;

  beforeEach(async () => {
    trial = await startTrial({ folder: FOLDER });
  });

  afterEach(async () => {
    await trial.remove();
  });

  it('is read again, and nothing is doubled, while the product was stopped', async () => {
    const mails = await trial.deliver(3);
    await finish(trial);
    const before = await numbering(trial);
    await trial.dovecot.recreateFolder(FOLDER);
    await trial.deliverAgain(mails);
    await finish(trial);
    expect(await numbering(trial)).not.toBe(before);
    const scenario = trial.mail.scenarioReadTwice();
    const folders = { [FOLDER]: 0, Done: 2 * mails.length };
    expect(await checkEndState(trial, { scenario, folders })).toEqual([]);
  });

  it('is read again, and nothing is doubled, while it is being archived', async () => {
    // Decided, but still in the folder: their rows must not be taken for what has their UIDs then.
    trial.proxy.on(/^UID MOVE/, { kind: 'answer', text: 'NO [OVERQUOTA] no room' });
    const running = await trial.installation.serve('start');
    const mails = await trial.deliver(3);
    await until('all is decided', async () => (await decided(trial)).length === mails.length);
    await trial.replaceFolder(() => trial.deliverAgain(mails.toReversed()));
    trial.proxy.clear();
    await trial.poll();
    expect(await running.stop()).toBe(0);
    await finish(trial);
    const scenario = trial.mail.scenarioReadTwice();
    const folders = { [FOLDER]: 0, Done: mails.length };
    // The first messages went with the old folder: nobody can put them away any more.
    const leftBehind = mails.length;
    expect(await checkEndState(trial, { scenario, folders, leftBehind })).toEqual([]);
  });
});

async function numbering({ installation }: Trial): Promise<number | null> {
  const row = await installation.db('mailboxes').where({ active: true }).first('uidvalidity');
  return row?.uidvalidity ?? null;
}

async function decided({ installation }: Trial): Promise<{ id: number }[]> {
  return await installation.db('inbound_messages').where({ state: 'decided' }).select('id');
}
