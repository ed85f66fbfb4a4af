import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestPoll } from '../../src/ledger/poll-requests.ts';
import { firstOf } from '../support/first-of.ts';
import { checkScenario } from '../support/scenario/check-scenario.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';

/** Above the limit of 50 MB. */
const HUGE_BYTES = 51 * 1024 * 1024;

describe('a message that stays on the server', () => {
  let trial: Trial;

  beforeEach(async () => {
    trial = await startTrial();
  });

  afterEach(async () => {
    await trial.remove();
  });

  it.each([
    { name: 'answers NO', fault: { kind: 'answer', text: 'NO [SERVERBUG] cannot read it' } },
    { name: 'ends the connection', fault: { kind: 'cut', how: 'fin' } },
  ] as const)('because the server $name when it is asked for', async ({ fault }) => {
    await trial.deliver(1);
    const uid = await trial.dovecot.deliver('Subject: poison\r\n\r\nNobody can read this.\r\n');
    await trial.deliver(1);
    trial.proxy.on(asksForContentOf(uid), fault);
    const running = await trial.installation.serve('start');
    await until('all others are put away', async () => {
      return (await trial.dovecot.list()).every((message) => message.uid === uid);
    });
    await until('it is given up', async () => {
      // Nobody wants to wait for the pauses between the tries.
      const { db } = trial.installation;
      await row(trial).update({ next_try_at: db.fn.now() });
      const mailbox = await db('mailboxes').first('id');
      await requestPoll(db, mailbox?.id ?? 0);
      return (await row(trial).where({ state: 'acknowledged' })).length === 1;
    });
    await expectQuarantined(trial, uid, 'could-not-be-fetched');
    expect(await running.stop()).toBe(0);
  });

  it('because it is too large', async () => {
    await trial.deliver(1);
    const head = 'From: dana@northquay.example\r\nSubject: a film\r\n\r\n';
    const uid = await trial.dovecot.deliver(
      head +
        'x'
          .repeat(78)
          .concat('\r\n')
          .repeat(1024 * 668),
    );
    const [mail] = await trial.dovecot.list().then((all) => all.filter((one) => one.uid === uid));
    expect(mail).toBeDefined();
    await trial.poll();
    const { size } = await expectQuarantined(trial, uid, 'too-large');
    expect(size).toBeGreaterThan(HUGE_BYTES);
    const asked = trial.proxy.commands.filter((command) => asksForContentOf(uid).test(command));
    expect(asked).toEqual([]);
  });
});

/** The one message that was not stored. */
function row({ installation }: Trial) {
  return installation.db('inbound_messages').where({ original_id: null });
}

/** Alone, or in a batch of "first:last" that holds it. */
function asksForContentOf(uid: number): RegExp {
  const inRange = uid === 8 ? '1:15' : 'none';
  return new RegExp(`^UID FETCH (${uid}|${inRange}) .*BODY\\.PEEK\\[\\]`);
}

async function expectQuarantined(trial: Trial, uid: number, reason: string) {
  const [found] = await row(trial).select('uid', 'size', 'outcome', 'reason', 'acknowledgement');
  expect(found).toMatchObject({
    uid,
    outcome: 'quarantined',
    reason,
    acknowledgement: 'left-on-server',
  });
  expect((await trial.dovecot.list()).map((message) => message.uid)).toEqual([uid]);
  const rows = await trial.installation.log();
  const others = rows.filter((entry) => entry.outcome !== 'quarantined');
  expect(rows.length - others.length).toBe(1);
  expect(firstOf(checkScenario(others, trial.mail.scenario()))).toEqual([]);
  const notices = await trial.installation
    .db('notices')
    .whereIn('kind', ['quarantined', 'too-large']);
  expect(notices.length).toBe(1);
  return { size: found?.size ?? 0 };
}
