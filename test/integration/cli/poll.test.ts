import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInstallation, type Installation } from '../../support/installation.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { until } from '../../support/until.ts';
import { failing, MAILBOX, printed, withOptions } from './commands.ts';

const MAIL =
  'From: dana@firm.example\r\nTo: jane@client.example\r\nSubject: Chairs\r\n\r\nHello\r\n';
const WAITS = { state: 'failed', outcome: null, reason: null, acknowledged_at: null } as const;

let installation: Installation;
let dovecot: Dovecot;

beforeAll(async () => {
  installation = await createInstallation();
  dovecot = await startDovecot();
  const { host, port, user, password } = dovecot;
  const place = { host, port: String(port), security: 'none', username: user, after: 'seen' };
  const env = { LETTERBOOK_MAILBOX_PASSWORD: password };
  await installation.run(withOptions(MAILBOX, place), { env });
  await installation.run(['user', 'create', '--name', 'Dana', '--email', 'dana@firm.example']);
  await dovecot.deliver(MAIL);
});
afterAll(async () => {
  await installation.remove();
  await dovecot.stop();
});

const poll = async () =>
  JSON.parse(await printed(installation, ['poll', '--timeout', '50'])) as object;
const NONE = { archived: 0, unmatched: 0, rejected: 0, ignored: 0, quarantined: 0 };
const SUMMARY = { folder: 'INBOX', messages: 1, outcomes: { ...NONE, unmatched: 1 } };

/** Forgets what became of the message, as if it was still to be filed. */
async function putBack(columns: object): Promise<void> {
  await installation.db('emails').delete();
  await installation.db('inbound_messages').update({ ...WAITS, ...columns });
}

test('a poll without a server files what is there, and says what became of it', async () => {
  expect(await poll()).toEqual(SUMMARY);
});

test('it leaves no suggestion to be worked out by a server', async () => {
  expect(await installation.db('emails').pluck('state')).toEqual(['unmatched']);
  expect(await installation.db('pending_suggestions')).toEqual([]);
});

test('a second one changes nothing, and counts what is there again', async () => {
  const before = await installation.db('inbound_messages');
  expect(await poll()).toEqual(SUMMARY);
  expect(await installation.db('inbound_messages')).toEqual(before);
});

test('what another process stored and never filed is filed', async () => {
  await putBack({ state: 'stored' });
  expect(await poll()).toEqual(SUMMARY);
});

test('what was set aside for some seconds is waited for, and filed', async () => {
  const { rows } = await installation.db.raw<{ rows: { at: Date }[] }>(
    `select now() + interval '6 seconds' as at`,
  );
  await putBack({ next_try_at: rows[0]?.at, failures: 1 });
  expect(await poll()).toEqual(SUMMARY);
});

test.each([
  ['switched off', { enabled: false }],
  ['set to start from now', { set_up_at: new Date() }],
])('it does not go on waiting when the mailbox is %s meanwhile', async (_what, change) => {
  const { db } = installation;
  await putBack({ next_try_at: new Date(Date.now() + 3_600_000), failures: 1 });
  await db('poll_requests').delete();
  const polling = failing(installation, 1, ['poll', '--timeout', '100']);
  await until('it is answered', async () => {
    return (await db('poll_requests').whereNotNull('answered_at')).length > 0;
  });
  await db('mailboxes').update(change);
  expect(await polling).toBe('The settings of the mailbox were changed meanwhile: poll again.');
  await db('mailboxes').update({ enabled: true });
});

test('when time is up it says so, and what is left', async () => {
  const later = new Date(Date.now() + 3_600_000);
  await putBack({ next_try_at: later, failures: 1 });
  expect(await failing(installation, 1, ['poll', '--timeout', '2'])).toBe(
    'Time is up, 1 of 1 messages are not put away yet: the work goes on with the next poll; "log" shows what is done.',
  );
});

test('a server that is away fails it with the diagnosis', async () => {
  await dovecot.halt();
  expect(await failing(installation, 1, ['poll'])).toMatch(/takes no connections on port \d+: /);
});
