import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { LookupFunction } from 'node:net';
import { getCACertificates, type ConnectionOptions } from 'node:tls';
import { DEADLINE, type DeadlineLimits } from './deadline.ts';
import { ForbiddenAddress, guardedLookup, isForbiddenAddress } from './forbidden-addresses.ts';
import { firstWords } from './first-words.ts';
import { MAX_LITERAL_BYTES } from './imapflow-fetch.ts';
import { ImapflowMailbox } from './imapflow-mailbox.ts';
import { ImapflowSession, RefusalNotes } from './imapflow-session.ts';
import {
  MailboxProblem,
  type MailboxAddress,
  type MailboxConnector,
  type OpenMailbox,
} from './mailbox.ts';
import { connectProblem } from './problem-of.ts';
import { speaksTls } from './speaks-tls.ts';

export interface ImapflowConnectorOptions {
  /** PEM of certificates to trust beside the ones that Node trusts. Nothing switches the check off. */
  readonly ca?: string;
  /** Of every command, and of connecting and signing in together. */
  readonly deadline?: DeadlineLimits;
  /** How long a server may take to greet, in milliseconds. */
  readonly greetingMs?: number;
  /** How often a server without IDLE is asked while waiting for news, in milliseconds. */
  readonly noopMs?: number;
  /** Finds the addresses of a host name, in place of the system's resolver. */
  readonly lookup?: LookupFunction;
}

const GREETING_MS = 10_000;
const CONNECT_MS = 15_000;
const NOOP_MS = 15_000;
/** SEARCH answers with one line: room for some millions of UIDs. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;

/** The MailboxConnector over imapflow. */
export function imapflowConnector(options: ImapflowConnectorOptions = {}): MailboxConnector {
  return { open: (address, signal) => open(address, options, signal) };
}

async function open(
  address: MailboxAddress,
  options: ImapflowConnectorOptions,
  signal?: AbortSignal,
): Promise<OpenMailbox> {
  refuseControlCharacters(address);
  const tls = tlsOptions(options);
  const notes = new RefusalNotes();
  const client = new ImapFlow(clientOptions(address, options, tls, notes));
  const session = new ImapflowSession(client, notes, options.deadline ?? DEADLINE);
  const giveUp = () => {
    client.close();
  };
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    signal?.throwIfAborted();
    if (isForbiddenAddress(address.host)) throw new ForbiddenAddress(address.host);
    await session.timed('signing in', client.connect(), signInLimits(options));
  } catch (error) {
    client.close();
    const problem = connectProblem(error, {
      greeted: client.greeting !== undefined,
      received: client.stats().received,
      loginDisabled: client.capabilities.has('LOGINDISABLED'),
    });
    if (signal?.aborted === true) throw problem;
    throw await lookCloser(problem, client, address, tls);
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
  return new ImapflowMailbox(session, address.folder, options.noopMs ?? NOOP_MS);
}

/** Signing in takes seconds: whoever waits for a test shall hear at which step it stopped. */
function signInLimits({ deadline = DEADLINE }: ImapflowConnectorOptions): DeadlineLimits {
  return { ...deadline, baseMs: Math.min(deadline.baseMs, CONNECT_MS) };
}

function clientOptions(
  address: MailboxAddress,
  options: ImapflowConnectorOptions,
  tls: TlsOptions,
  notes: RefusalNotes,
): ImapFlowOptions {
  return {
    host: address.host,
    port: address.port,
    secure: address.security === 'tls',
    // Left undefined, imapflow would sign in over clear text where STARTTLS was stripped.
    doSTARTTLS: address.security === 'starttls',
    auth: { user: address.username, pass: address.password },
    tls,
    logger: notes.logger,
    disableAutoIdle: true,
    // IMAP4rev1 as it is: extensions that change what answers look like bring nothing here.
    disableAutoEnable: true,
    disableIMAP4rev2: true,
    disableCompression: true,
    connectionTimeout: Math.min(CONNECT_MS, (options.deadline ?? DEADLINE).baseMs),
    greetingTimeout: options.greetingMs ?? GREETING_MS,
    maxLiteralSize: MAX_LITERAL_BYTES,
    maxLineLength: MAX_LINE_BYTES,
    maxResponseSize: MAX_LITERAL_BYTES + MAX_LINE_BYTES,
    clientInfo: { name: 'Letterbook', version: false, vendor: false, 'support-url': false },
  };
}

type TlsOptions = ConnectionOptions & { readonly lookup: LookupFunction };

/** Passed on by imapflow to net.connect as well, for the look-up. */
function tlsOptions(options: ImapflowConnectorOptions): TlsOptions {
  const lookup = guardedLookup(options.lookup);
  if (options.ca === undefined) return { lookup };
  return { lookup, ca: [...getCACertificates('default'), options.ca] };
}

/** IMAP ends commands with CRLF: a name that holds one would be a command of its own. */
function refuseControlCharacters(address: MailboxAddress): void {
  const texts = [address.host, address.username, address.password, address.folder];
  if (!texts.some((text) => /\p{Cc}/u.test(text))) return;
  throw new MailboxProblem('refused', 'a setting holds a line break or another control character');
}

const IN_VAIN: ReadonlySet<MailboxProblem['code']> = new Set([
  'timed-out',
  'no-greeting',
  'disconnected',
  'not-imap',
]);

/**
 * What waits for a greeting in vain may have reached a port that waits for TLS, or another kind of
 * server: one handshake, or its first words, tell.
 */
async function lookCloser(
  problem: MailboxProblem,
  client: ImapFlow,
  { host, port, security }: MailboxAddress,
  tls: TlsOptions,
): Promise<MailboxProblem> {
  const inVain = IN_VAIN.has(problem.code);
  if (!inVain || client.greeting !== undefined || !client.connectedAt) return problem;
  const silent = client.stats().received === 0;
  if (security !== 'tls' && silent && (await speaksTls({ ...tls, host, port }))) {
    return new MailboxProblem('plain-on-tls-port', problem.detail, { cause: problem });
  }
  const words = await firstWords({ ...tls, host, port, tls: security === 'tls' ? tls : null });
  if (words === '' || words.startsWith('* ')) return problem;
  return new MailboxProblem('not-imap', words, { cause: problem });
}
