import { describe, expect, it } from 'vitest';
import { ForbiddenAddress } from '../../../src/imap/forbidden-addresses.ts';
import { MailboxProblem } from '../../../src/imap/mailbox.ts';
import { commandProblem, connectProblem } from '../../../src/imap/problem-of.ts';

const SILENT = { greeted: false, received: 0, loginDisabled: false };
const GREETED = { greeted: true, received: 80, loginDisabled: false };
const BABBLED = { greeted: false, received: 80, loginDisabled: false };

function failure(message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), fields);
}

describe('connectProblem', () => {
  it.each([
    ['ENOTFOUND', 'host-not-found'],
    ['EAI_AGAIN', 'host-not-found'],
    ['ECONNREFUSED', 'connection-refused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['CONNECT_TIMEOUT', 'timed-out'],
    ['GREETING_TIMEOUT', 'no-greeting'],
    ['ECONNRESET', 'disconnected'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-on-plain-port'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-untrusted'],
    ['CERT_HAS_EXPIRED', 'certificate-expired'],
    ['CERT_REVOKED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-name'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-failed'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-failed'],
    ['STARTTLS_INJECTION', 'tls-failed'],
    ['SOMETHING_NEW', 'unexpected'],
  ])('reads %s as %s', (code, expected) => {
    const problem = connectProblem(failure('what it said', { code }), SILENT);
    expect(problem).toMatchObject({ code: expected, detail: 'what it said' });
  });

  it('keeps the certificate apart from a missing STARTTLS', () => {
    const plain = failure('Server does not support STARTTLS', { tlsFailed: true });
    expect(connectProblem(plain, GREETED).code).toBe('starttls-missing');
    const expired = failure('expired', { tlsFailed: true, code: 'CERT_HAS_EXPIRED' });
    expect(connectProblem(expired, GREETED).code).toBe('certificate-expired');
  });

  it('takes what speaks and does not greet for another kind of server', () => {
    for (const code of ['GREETING_TIMEOUT', 'ClosedAfterConnectText', 'ClosedAfterConnectTLS']) {
      expect(connectProblem(failure('x', { code }), BABBLED).code).toBe('not-imap');
    }
    const closed = failure('x', { code: 'ClosedAfterConnectText' });
    expect(connectProblem(closed, SILENT).code).toBe('disconnected');
  });

  it('hears out a server that says BYE', () => {
    const bye = { code: 'ClosedAfterConnectText', reason: 'Too many connections' };
    const problem = connectProblem(failure('Unexpected close', bye), BABBLED);
    expect(problem).toMatchObject({ code: 'unavailable', detail: 'Too many connections' });
  });

  it.each([
    [{ serverResponseCode: 'AUTHENTICATIONFAILED', responseText: 'Try again' }, 'password'],
    [{ serverResponseCode: 'authorizationfailed', responseText: 'No' }, 'password'],
    [{ serverResponseCode: 'UNAVAILABLE', responseText: 'Backend down' }, 'unavailable'],
    [{ serverResponseCode: 'LIMIT', responseText: 'Slow down' }, 'unavailable'],
    [{ responseText: 'User is authenticated but not connected.' }, 'unavailable'],
    [{ responseText: 'Invalid credentials (Failure)' }, 'password'],
  ])('reads a refused sign-in %j as %s', (fields, expected) => {
    const error = failure('Command failed', {
      authenticationFailed: true,
      responseStatus: 'NO',
      ...fields,
    });
    const problem = connectProblem(error, GREETED);
    expect(problem.code).toBe(expected);
    // It would end in a log with all that signing in took.
    expect(problem.cause).toBeUndefined();
  });

  it('says that sign-in is off when nothing was sent', () => {
    const error = failure('Login is disabled', { authenticationFailed: true });
    expect(connectProblem(error, { ...GREETED, loginDisabled: true }).code).toBe('login-disabled');
  });

  it('refuses addresses of metadata in plain words', () => {
    const problem = connectProblem(new ForbiddenAddress('169.254.169.254'), SILENT);
    expect(problem.code).toBe('forbidden-address');
    expect(problem.detail).toContain('169.254.169.254');
  });

  it('leaves a problem as it is', () => {
    const problem = new MailboxProblem('timed-out', 'no end of signing in');
    expect(connectProblem(problem, SILENT)).toBe(problem);
    expect(commandProblem(problem)).toBe(problem);
  });
});

describe('commandProblem', () => {
  it.each([
    [
      { responseStatus: 'NO', responseText: 'Full', serverResponseCode: 'overquota' },
      'refused',
      '[OVERQUOTA] Full',
    ],
    [{ responseStatus: 'BAD', responseText: 'Huh?' }, 'refused', 'Huh?'],
    [{ code: 'NoConnection' }, 'disconnected', 'failed'],
    [
      { code: 'NoConnection', reason: 'Server shutting down' },
      'disconnected',
      'Server shutting down',
    ],
    [{ code: 'ETHROTTLE', responseStatus: 'BAD', responseText: 'Wait' }, 'unavailable', 'Wait'],
    [{ code: 'LiteralTooLarge' }, 'unexpected', 'failed'],
  ])('reads %j as %s', (fields, code, detail) => {
    expect(commandProblem(failure('failed', fields))).toMatchObject({ code, detail });
  });

  it('shows what a stranger wrote on one line of bounded length', () => {
    const text = `a\r\nb\u0000c\u202Ed${'x'.repeat(5000)}`;
    const { detail } = commandProblem(failure('x', { responseStatus: 'NO', responseText: text }));
    expect(detail.startsWith('a b c d')).toBe(true);
    expect(detail.length).toBeLessThanOrEqual(301);
  });

  it.each([null, undefined, 'text', 7, {}])('takes %j in its stride', (thrown) => {
    expect(commandProblem(thrown).code).toBe('unexpected');
  });
});
