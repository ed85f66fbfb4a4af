import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstOf } from '../support/first-of.ts';
import { copiesOf } from '../support/scenario/build-scenario.ts';
import { checkScenario } from '../support/scenario/check-scenario.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { createMailRounds, type MailRounds } from '../support/trial/mail-rounds.ts';
import { pointAt } from '../support/trial/set-up.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';

const LAST_YEAR = new Date(Date.now() - 365 * 86_400_000);

/** Points the installation at a folder in which mail has been lying for a year. */
describe('mail that was there before', () => {
  let trial: Trial;
  let old: MailRounds;
  const FOLDER = 'Old';

  beforeEach(async () => {
    trial = await startTrial();
    await trial.dovecot.createFolder(FOLDER);
    old = createMailRounds(2);
    const mails = [...old.next(), ...old.next()];
    await trial.dovecot.deliverMany(mails, { folder: FOLDER, internalDate: LAST_YEAR });
  });

  afterEach(async () => {
    await trial.remove();
  });

  it('is left alone when it is skipped, and what comes later is archived', async () => {
    const before = (await trial.dovecot.list(FOLDER)).map(({ uid }) => uid);
    await pointAt(trial.installation, {
      server: trial.mailServer,
      folder: FOLDER,
      existing: 'skip',
    });
    await trial.poll();
    expect(await trial.installation.log()).toEqual([]);
    await trial.dovecot.deliverMany(trial.mail.next(), { folder: FOLDER });
    await finish(trial);
    const left = await trial.dovecot.list(FOLDER);
    expect(left.map(({ uid }) => uid)).toEqual(before);
    expect(left.filter(({ flags }) => flags.includes('\\Seen'))).toEqual([]);
    expect(await checkEndState(trial, { folders: { Done: 7 } })).toEqual([]);
  });

  it('is still left alone when the folder is numbered anew, and nobody waits for it', async () => {
    await pointAt(trial.installation, {
      server: trial.mailServer,
      folder: FOLDER,
      existing: 'skip',
    });
    await trial.poll();
    await trial.dovecot.recreateFolder(FOLDER);
    await trial.dovecot.deliverMany(old.scenario().deliveries.flatMap(copiesOf), {
      folder: FOLDER,
      internalDate: LAST_YEAR,
    });
    const before = (await trial.dovecot.list(FOLDER)).map(({ uid }) => uid);
    await trial.poll();
    expect(await trial.installation.log()).toEqual([]);
    const left = await trial.dovecot.list(FOLDER);
    expect(left.map(({ uid }) => uid)).toEqual(before);
  });

  it('is archived when that is wanted, and no stranger of those days hears of it', async () => {
    await pointAt(trial.installation, { server: trial.mailServer, folder: FOLDER });
    await finish(trial);
    expect(firstOf(checkScenario(await trial.installation.log(), old.scenario()))).toEqual([]);
    expect(trial.smtp.received).toEqual([]);
    expect(await trial.installation.db('outgoing_messages')).toEqual([]);
    expect(await trial.dovecot.list(FOLDER)).toEqual([]);
    // Grouped: one for each sender, who wrote twice in between.
    await trial.dovecot.deliverMany(old.scenario().deliveries.flatMap(copiesOf), {
      folder: FOLDER,
      internalDate: LAST_YEAR,
    });
    await finish(trial);
    const notices = await trial.installation.db('notices').where({ kind: 'owner-does-not-exist' });
    const senders = old.scenario().deliveries.filter(({ expected }) => expected[0]?.bounceTo);
    expect(notices.length).toBe(senders.length);
    expect(trial.smtp.received).toEqual([]);
  });
});
