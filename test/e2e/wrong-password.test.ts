import { expect, it } from 'vitest';
import type { RunningProcess } from '../support/installation.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { ALIASES, ARCHIVE } from '../support/trial/mail-rounds.ts';
import { mailboxTrouble } from '../support/trial/mailbox-trouble.ts';
import { withTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

const NEW_PASSWORD = 'another-secret';

it('a password that is changed on the server is told once, not tried again and again, and mended by the new one', async () => {
  await withTrial({}, async (trial) => {
    const running = await trial.installation.serve('start');
    await trial.deliver(1);
    await trial.poll();
    await trial.dovecot.setPassword(trial.dovecot.user, NEW_PASSWORD);
    await trial.dovecot.disconnect();
    trial.proxy.cutAll('rst');
    await isToldOnce(trial, running);
    await isMendedAtOnce(trial, running);
  });
});

async function isToldOnce(trial: Trial, running: RunningProcess): Promise<void> {
  await until('it is noticed', async () =>
    Boolean((await mailboxTrouble(trial)).problem?.includes('did not accept')),
  );
  await trial.deliver(1);
  const { stderr } = await trial.poll({ expected: 1 });
  expect(stderr).toContain('did not accept the user name archive with this password');
  expect(stderr + running.output()).not.toContain(trial.dovecot.password);
  const { problem, told } = await mailboxTrouble(trial);
  expect(problem).toContain('did not accept the user name');
  expect(told).toEqual(['dana@northquay.example', 'tom@northquay.example']);
  // Once when the line was cut, once for the poll; the next try by itself is far away.
  const waits = await trial.installation
    .db('mailboxes')
    .whereRaw(`next_try_at > last_poll_at + interval '15 seconds'`);
  expect(waits.length).toBe(1);
  expect(signIns(trial)).toBe(3);
}

async function isMendedAtOnce(trial: Trial, running: RunningProcess): Promise<void> {
  const { mailServer, installation } = trial;
  await installation.run(
    [
      ...['mailbox', 'set', '--host', mailServer.host, '--port', String(mailServer.port)],
      ...['--security', 'none', '--username', mailServer.user, '--folder', 'INBOX'],
      ...['--archive-address', [ARCHIVE, ...ALIASES].join(','), '--after', 'move:Done'],
    ],
    { env: { LETTERBOOK_MAILBOX_PASSWORD: NEW_PASSWORD } },
  );
  await until('the folder is empty', async () => (await trial.dovecot.list()).length === 0);
  await trial.poll();
  expect(await mailboxTrouble(trial)).toEqual({ problem: null, told: [] });
  expect(await running.stop()).toBe(0);
  await finish(trial);
  expect(await checkEndState(trial)).toEqual([]);
}

function signIns({ proxy }: Trial): number {
  return proxy.commands.filter((command) => command.startsWith('AUTHENTICATE')).length;
}
