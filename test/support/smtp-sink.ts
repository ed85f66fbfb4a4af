import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { selfSignedCertificate } from './self-signed-certificate.ts';

/** How the server treats mail; each can change between mails with behave(). */
export interface SmtpBehaviour {
  /** The reply to MAIL FROM, such as "550 no"; null takes it. '' is the null sender. */
  rejectSender?: (from: string) => string | null;
  /** The reply to RCPT TO; null takes it. */
  rejectRecipient?: (to: string) => string | null;
  /** After the final dot: answer 451, answer 554, or take the mail and cut without an answer. */
  failAtData?: 'tempfail' | 'refuse' | 'cut';
  /** It takes no mail before this resolves. */
  opens?: Promise<unknown>;
}

export interface SmtpSinkOptions extends SmtpBehaviour {
  /** Without a sign-in nothing is taken. */
  auth?: { readonly user: string; readonly password: string };
  security?: 'none' | 'starttls' | 'tls';
  /** Accepts connections and never says a word. */
  silent?: boolean;
}

export interface ReceivedMail {
  /** '' for the null sender. */
  readonly envelopeFrom: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** Header fields by lower-case name, unfolded; the last one wins. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface SmtpSink {
  readonly host: string;
  readonly port: number;
  /** PEM, for clients that shall trust it; '' without TLS. */
  readonly certificate: string;
  readonly received: readonly ReceivedMail[];
  behave(behaviour: SmtpBehaviour): void;
  stop(): Promise<void>;
}

/** Starts a real SMTP server on a free port of loopback that keeps what it is sent. */
export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const security = options.security ?? 'none';
  const tls = security === 'none' ? { key: '', cert: '' } : await selfSignedCertificate();
  const received: ReceivedMail[] = [];
  let behaviour: SmtpBehaviour = options;

  const server = new SMTPServer({
    ...(security === 'none' ? {} : tls),
    ...signIn(options, security),
    secure: security === 'tls',
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, callback) {
      if (options.silent !== true) callback();
    },
    onMailFrom({ address }, _session, callback) {
      callback(refusal(behaviour.rejectSender?.(address)));
    },
    onRcptTo({ address }, _session, callback) {
      callback(refusal(behaviour.rejectRecipient?.(address)));
    },
    onData(stream, session, callback) {
      const taken = buffer(stream).then(async (raw) => {
        const { failAtData, opens } = behaviour;
        await opens;
        const reply =
          failAtData === undefined || failAtData === 'cut' ? null : REFUSALS[failAtData];
        if (reply === null) received.push(describeMail(session, raw));
        if (failAtData === 'cut') hangUp(server, session);
        else callback(refusal(reply), 'taken');
      });
      // A client that was killed in the middle of its mail: there is nobody to answer.
      taken.catch(() => undefined);
    },
  });
  // A client that hangs up in mid-handshake is no failure of the sink.
  server.on('error', () => undefined);

  return {
    host: '127.0.0.1',
    port: await listen(server),
    certificate: tls.cert,
    received,
    behave(next) {
      behaviour = next;
    },
    async stop() {
      for (const { _socket: socket } of server.connections) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

const REFUSALS = { tempfail: '451 try again later', refuse: '554 not wanted' };

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  for (const { id, _socket: socket } of server.connections) {
    if (id === session.id) socket.destroy();
  }
}

function signIn(options: SmtpSinkOptions, security: string): SMTPServerOptions {
  const disabledCommands = [
    ...(options.auth === undefined ? ['AUTH'] : []),
    ...(security === 'starttls' ? [] : ['STARTTLS']),
  ];
  return {
    disabledCommands,
    authOptional: options.auth === undefined,
    allowInsecureAuth: security === 'none',
    onAuth(given, _session, callback) {
      const { auth } = options;
      if (given.username === auth?.user && given.password === auth?.password) {
        callback(null, { user: given.username });
      } else {
        callback(refusal('535 user name or password is wrong'));
      }
    },
  };
}

function refusal(reply: string | null | undefined): Error | null {
  if (reply === null || reply === undefined) return null;
  const responseCode = Number(reply.slice(0, 3));
  return Object.assign(new Error(reply.slice(4)), { responseCode });
}

function describeMail(session: SMTPServerSession, raw: Buffer): ReceivedMail {
  const { mailFrom, rcptTo } = session.envelope;
  const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  const fields = head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => /^([^:]+):\s*(.*)$/.exec(line))
    .map((match): [string, string] => [(match?.[1] ?? '').toLowerCase(), match?.[2] ?? '']);
  return {
    envelopeFrom: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    raw,
    headers: Object.fromEntries(fields),
  };
}

async function listen(server: SMTPServer): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
