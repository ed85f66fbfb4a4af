import { afterEach, expect, it } from 'vitest';
import type { MailerAddress } from '../../../src/smtp/mailer.ts';
import { verifyOutgoing } from '../../../src/smtp/verify-outgoing.ts';
import { freePort } from '../../support/free-port.ts';
import { startSmtpSink, type SmtpSink, type SmtpSinkOptions } from '../../support/smtp-sink.ts';
import { addressOf } from './smtp-samples.ts';

const SIGN_IN = { user: 'robot', password: 'open sesame' };
const ROBOT = { username: 'robot', password: 'open sesame' };

let sink: SmtpSink;
afterEach(() => sink.stop());

async function verify(
  options: SmtpSinkOptions,
  changes: Partial<MailerAddress>,
  trust = true,
): Promise<string[]> {
  sink = await startSmtpSink(options);
  const ca = trust && sink.certificate !== '' ? { ca: sink.certificate } : {};
  const checks = await verifyOutgoing(addressOf(sink, changes), { ...ca, deadlineMs: 2000 });
  return checks.map(({ step, status, sentence }) => `${step} ${status}: ${sentence}`);
}

it.each(['tls', 'starttls'] as const)('finds all well with %s', async (security) => {
  const checks = await verify({ security, auth: SIGN_IN }, { security, ...ROBOT });
  expect(checks).toEqual([
    `reached ok: Reached 127.0.0.1 on port ${sink.port}.`,
    'encrypted ok: The connection is encrypted and the certificate is valid.',
    'signed-in ok: Signed in as robot.',
  ]);
  expect(sink.received).toEqual([]);
});

it('warns of a connection in clear, and needs no sign-in', async () => {
  const [, encrypted, signedIn] = await verify({}, {});
  expect(encrypted).toMatch(/^encrypted warning: .+ Choose SSL\/TLS or STARTTLS\.$/);
  expect(signedIn).toBe('signed-in skipped: No user name, so no sign-in.');
});

it.each([
  ['a wrong password', { auth: SIGN_IN }, { username: 'robot', password: 'x' }, 'app password'],
  ['a server without sign-in', {}, ROBOT, 'leave the user name empty'],
])('says what to do about %s', async (_, options, changes, advice) => {
  const checks = await verify(options, changes);
  expect(checks.map((check) => check.split(':')[0])).toEqual([
    'reached ok',
    'encrypted warning',
    'signed-in failed',
  ]);
  expect(checks[2]).toContain(advice);
  expect(checks.join()).not.toContain('open sesame');
});

it.each([
  ['STARTTLS that is not offered', 'none', 'starttls', true, 'choose SSL/TLS and port 465'],
  ['TLS on a plain port', 'none', 'tls', true, 'choose STARTTLS, or use port 465'],
  [
    'a certificate nobody vouches for',
    'tls',
    'tls',
    false,
    '127.0.0.1 shows a certificate that no known authority',
  ],
  [
    'the same after STARTTLS',
    'starttls',
    'starttls',
    false,
    '127.0.0.1 shows a certificate that no known authority',
  ],
] as const)('says what to do about %s', async (_, offered, security, trust, advice) => {
  const checks = await verify({ security: offered }, { security }, trust);
  expect(checks[0]).toMatch(/^reached ok/);
  expect(checks[1]).toMatch(/^encrypted failed/);
  expect(checks[1]).toContain(advice);
  expect(checks[2]).toBe('signed-in skipped: Not tried, because an earlier step failed.');
});

it.each([
  ['a TLS port spoken to in clear', { security: 'tls' } as const, 'choose SSL/TLS if the port'],
  ['a server that says nothing', { silent: true }, 'does not greet like a mail server'],
])('says what to do about %s', async (_, options, advice) => {
  const [reached] = await verify(options, { security: 'none' });
  expect(reached).toMatch(/^reached failed/);
  expect(reached).toContain(advice);
});

it('says what to do when nobody listens, and at an address that is forbidden', async () => {
  sink = await startSmtpSink();
  const [nobody] = await verifyOutgoing(addressOf({ host: '127.0.0.1', port: await freePort() }));
  expect(nobody?.sentence).toContain('check the port (465 for SSL/TLS, 587 for STARTTLS)');
  const [forbidden] = await verifyOutgoing(addressOf({ host: '169.254.169.254', port: 25 }));
  expect(forbidden).toMatchObject({ step: 'reached', status: 'failed' });
  expect(forbidden?.sentence).toContain('not of a mail server');
});
