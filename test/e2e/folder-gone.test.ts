import { expect, it } from 'vitest';
import type { RunningProcess } from '../support/installation.ts';
import { checkEndState, countCopies, finish } from '../support/trial/check-trial.ts';
import { MAILS_A_ROUND } from '../support/trial/mail-rounds.ts';
import { mailboxTrouble } from '../support/trial/mailbox-trouble.ts';
import { withTrial, type Trial } from '../support/trial/trial.ts';

const FOLDER = 'Archive';

it('a folder that goes away is archived on when it is made anew, missed once, and archived on when it is back', async () => {
  await withTrial({ folder: FOLDER }, async (trial) => {
    const running = await trial.installation.serve('start');
    await isMadeAnewWhileSelected(trial);
    await isMissed(trial);
    await isBack(trial, running);
  });
});

async function isMadeAnewWhileSelected(trial: Trial): Promise<void> {
  // The new mails have the very UIDs that the product is about to move away.
  const act = () => trial.replaceFolder(() => trial.deliver(1));
  trial.proxy.on(/^UID MOVE/, { kind: 'first', act }, 'once');
  await trial.deliver(1);
  // The first poll is about what the old folder held.
  await trial.poll();
  await trial.poll();
  expect(await trial.dovecot.list(FOLDER)).toEqual([]);
  expect(await mailboxTrouble(trial)).toEqual({ problem: null, told: [] });
}

/** Each administrator is told once, however often it is missed. */
async function isMissed(trial: Trial): Promise<void> {
  const sentence = `There is no folder ${FOLDER} in this mailbox`;
  await trial.dovecot.deleteFolder(FOLDER);
  for (let time = 1; time <= 3; time += 1) {
    const { stderr } = await trial.poll({ expected: 1 });
    expect(stderr).toContain(sentence);
  }
  const { problem, told } = await mailboxTrouble(trial);
  expect(problem).toContain(sentence);
  expect(told).toEqual(['dana@northquay.example', 'tom@northquay.example']);
}

async function isBack(trial: Trial, running: RunningProcess): Promise<void> {
  await trial.dovecot.createFolder(FOLDER);
  await trial.deliver(1);
  await trial.poll();
  expect(await mailboxTrouble(trial)).toEqual({ problem: null, told: [] });
  expect(await running.stop()).toBe(0);
  await finish(trial);
  const folders = { [FOLDER]: 0, Done: countCopies(trial.mail.scenario()) - MAILS_A_ROUND };
  // What the first folder took with it had been archived, though not put away.
  const leftBehind = MAILS_A_ROUND;
  expect(await checkEndState(trial, { folders, leftBehind })).toEqual([]);
}
