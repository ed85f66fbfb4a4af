import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { checkEndState, finish } from '../support/trial/check-trial.ts';
import { pointAt } from '../support/trial/set-up.ts';
import { atPort, startTrial, type Trial } from '../support/trial/trial.ts';

const REFUSED = { kind: 'answer', text: 'NO [OVERQUOTA] no room' } as const;

describe('a mailbox that moves to a second server with the same UIDs and the same UIDVALIDITY', () => {
  let trial: Trial;
  let second: Dovecot;
  let proxy: TcpProxy;

  beforeEach(async () => {
    trial = await startTrial();
    second = await startDovecot();
    await second.createFolder('Done');
    proxy = await startTcpProxy(second);
  });

  afterEach(async () => {
    await trial.remove();
    await proxy.stop();
    await second.stop();
  });

  it('is archived from there, and then from the first again, where that was left', async () => {
    const { installation, dovecot } = trial;
    const running = await installation.serve('start');
    // The first server's messages are decided and still there: rows that must not be mistaken.
    trial.proxy.on(/^UID MOVE/, REFUSED);
    const first = await trial.deliver(2);
    await trial.poll({ expected: 1 });
    const number = await uidValidity(trial);
    proxy.rewrite((line) => line.replace(/UIDVALIDITY \d+/, `UIDVALIDITY ${number}`));

    const others = [...trial.mail.next(), ...trial.mail.next()];
    // Received after the second server is set up: of older mail no stranger would hear.
    await second.deliverMany(others, { internalDate: new Date(Date.now() + 60_000) });
    expect((await second.list()).map(uidOf)).toEqual((await dovecot.list()).map(uidOf));
    await pointAt(installation, { server: atPort(second, proxy.port) });
    await trial.poll();
    expect(await uidValidity(trial)).toBe(number);
    expect(await second.list()).toEqual([]);
    expect((await second.list('Done')).length).toBe(others.length);
    expect((await dovecot.list()).length).toBe(first.length);

    trial.proxy.clear();
    await trial.deliver(1);
    await pointAt(installation, { server: trial.mailServer });
    await trial.poll();
    expect(await running.stop()).toBe(0);
    await finish(trial);
    const folders = { INBOX: 0, Done: first.length + 7 };
    expect(await checkEndState(trial, { folders })).toEqual([]);
  });
});

async function uidValidity({ installation }: Trial): Promise<number | null> {
  const row = await installation.db('mailboxes').where({ active: true }).first('uidvalidity');
  return row?.uidvalidity ?? null;
}

function uidOf({ uid }: { readonly uid: number }): number {
  return uid;
}
