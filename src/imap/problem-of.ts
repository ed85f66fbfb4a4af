import { certificateProblem } from '../shared/certificate-problem.ts';
import { signalsOf, type ErrorSignals } from './error-signals.ts';
import { ForbiddenAddress } from './forbidden-addresses.ts';
import { MailboxProblem, type MailboxProblemCode } from './mailbox.ts';

/** Codes of Node (errno, DNS, TLS) and of imapflow that say enough by themselves. */
const BY_CODE: Readonly<Record<string, MailboxProblemCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  EAI_FAIL: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  CONNECT_TIMEOUT: 'timed-out',
  ETIMEDOUT: 'timed-out',
  ETIMEOUT: 'timed-out',
  GREETING_TIMEOUT: 'no-greeting',
  UPGRADE_TIMEOUT: 'timed-out',
  ETHROTTLE: 'unavailable',
  STARTTLS_INJECTION: 'tls-failed',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-on-plain-port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls-on-plain-port',
  ERR_SSL_UNKNOWN_PROTOCOL: 'tls-on-plain-port',
  ERR_SSL_HTTP_REQUEST: 'tls-on-plain-port',
  NoConnection: 'disconnected',
  EConnectionClosed: 'disconnected',
  StateLogout: 'disconnected',
  ClosedAfterConnectText: 'disconnected',
  ClosedAfterConnectTLS: 'disconnected',
  ECONNRESET: 'disconnected',
  EPIPE: 'disconnected',
};

/** What comes of waiting for a greeting that never comes. */
const WAITED_IN_VAIN = new Set<MailboxProblemCode | undefined>([
  'timed-out',
  'no-greeting',
  'disconnected',
]);

/** RFC 5530: the account or the server has trouble; the password may be right. */
const NOT_THE_PASSWORD = new Set(['UNAVAILABLE', 'LIMIT', 'INUSE', 'SERVERBUG', 'OVERQUOTA']);

/** What servers without response codes say when they turn away somebody whom they may know. */
const TURNED_AWAY =
  /too many|throttl|rate.?limit|try again|temporar|unavailable|simultaneous|not connected|busy/i;

/** What is known about a connection beside its error. */
export interface ConnectionFacts {
  /** A greeting of IMAP came. */
  readonly greeted: boolean;
  /** Bytes that came. */
  readonly received: number;
  readonly loginDisabled: boolean;
}

/**
 * Why connecting and signing in failed. A wrong password is only what the server calls one:
 * [UNAVAILABLE], [LIMIT] (RFC 5530 section 3) and throttled sign-ins are `unavailable`.
 */
export function connectProblem(error: unknown, facts: ConnectionFacts): MailboxProblem {
  if (error instanceof MailboxProblem) return error;
  if (error instanceof ForbiddenAddress) return problem('forbidden-address', error.message, error);
  const signals = signalsOf(error);
  const code = connectCode(signals, facts);
  // What failed while signing in stays behind: no error of that moment may end in a log.
  const cause = signals.authenticationFailed ? undefined : error;
  return problem(code, signals.said || signals.message, cause);
}

function connectCode(signals: ErrorSignals, facts: ConnectionFacts): MailboxProblemCode {
  if (signals.authenticationFailed) return signInCode(signals, facts);
  const certificate = certificateProblem(signals.code);
  if (certificate !== null) return certificate;
  if (signals.tlsFailed && signals.code === '') return 'starttls-missing';
  const known = BY_CODE[signals.code];
  const spokeStrangely = facts.received > 0 && !facts.greeted && signals.said === '';
  if (spokeStrangely && WAITED_IN_VAIN.has(known)) return 'not-imap';
  // A BYE in place of a greeting, or after it: the server is there and does not want to.
  if (known === 'disconnected' && signals.said !== '') return 'unavailable';
  if (known !== undefined) return known;
  if (signals.tlsFailed || /^(ERR_(SSL|TLS)_|EPROTO)/.test(signals.code)) return 'tls-failed';
  return signals.status === '' ? 'unexpected' : 'unavailable';
}

function signInCode(signals: ErrorSignals, facts: ConnectionFacts): MailboxProblemCode {
  if (signals.responseCode === 'PRIVACYREQUIRED') return 'login-disabled';
  if (NOT_THE_PASSWORD.has(signals.responseCode)) return 'unavailable';
  if (signals.responseCode === 'AUTHENTICATIONFAILED') return 'password';
  // imapflow says so itself, before it sends anything.
  if (facts.loginDisabled && signals.status === '') return 'login-disabled';
  return TURNED_AWAY.test(signals.said) ? 'unavailable' : 'password';
}

/** Why a command on a connection that was fine failed. */
export function commandProblem(error: unknown): MailboxProblem {
  if (error instanceof MailboxProblem) return error;
  const signals = signalsOf(error);
  const code = BY_CODE[signals.code] ?? (signals.status === '' ? 'unexpected' : 'refused');
  return problem(code, signals.said || signals.message, error);
}

function problem(code: MailboxProblemCode, detail: string, cause: unknown): MailboxProblem {
  return new MailboxProblem(code, detail, { cause });
}
