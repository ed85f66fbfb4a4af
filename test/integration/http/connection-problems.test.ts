import type { Socket } from 'node:net';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imapflowConnector } from '../../../src/imap/imapflow-connector.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { startHoodiecrow, type Hoodiecrow } from '../../support/hoodiecrow.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';
import { selfSignedCertificate, type Certificate } from '../../support/self-signed-certificate.ts';
import { startTcpProxy, type Fault, type TcpProxy } from '../../support/tcp-proxy.ts';
import { startTlsServer } from '../../support/tls-server.ts';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';

/*
 * What goes wrong with a mailbox, against real sockets, as the configuration page tells it: each
 * with a sentence of its own that says what to do.
 */

const DAY = 24 * 3600 * 1000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

let dovecot: Dovecot;
let strict: Hoodiecrow;
let proxy: TcpProxy;
let expired: Certificate;
let tooEarly: Certificate;
let web: TestWeb;
let agent: Agent;

beforeAll(async () => {
  dovecot = await startDovecot({ readOnlyFolders: ['Locked'] });
  for (const folder of ['Archived', 'Locked']) await dovecot.createFolder(folder);
  strict = await startHoodiecrow({ plugins: ['LOGINDISABLED'], folders: ['Archived'] });
  proxy = await startTcpProxy(dovecot);
  expired = await selfSignedCertificate({ notBeforeDate: ago(60), notAfterDate: ago(30) });
  tooEarly = await selfSignedCertificate({ notBeforeDate: ago(-30), notAfterDate: ago(-60) });
  const connector = imapflowConnector({
    ca: [dovecot.certificate, expired.cert, tooEarly.cert].join('\n'),
    greetingMs: 300,
    deadline: { baseMs: 6000, bytesPerSecond: 64 * 1024, maxMs: 10_000 },
    lookup,
  });
  web = await startTestWeb({ connector });
  agent = await web.signIn(await web.addUser('Ada Admin', 'administrators'));
});
afterAll(async () => {
  await web.close();
  await Promise.all([proxy.stop(), strict.stop()]);
  await dovecot.stop();
});

/** The names that these tests use, without asking anybody. */
const lookup: LookupFunction = (host, options, callback) => {
  const fail = (code: string) => {
    callback(Object.assign(new Error(`${code} ${host}`), { code }), '', 0);
  };
  if (host === 'nowhere.example') fail('ENOTFOUND');
  else if (host === 'unroutable.example') fail('ENETUNREACH');
  else {
    const address = host === 'metadata.example' ? '169.254.169.254' : '127.0.0.1';
    if (options.all === true) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  }
};

type Fields = Record<string, string | number>;
/** What the situation changes in the form, and what is to be tidied up afterwards. */
interface Setting {
  readonly fields: Fields;
  readonly stop?: () => Promise<void>;
}
type Situation = () => Setting | Promise<Setting>;

const plainDovecot = (fields: Fields): Setting => ({ fields: { port: dovecot.port, ...fields } });
const tlsDovecot = (fields: Fields): Setting => ({
  fields: { port: dovecot.tlsPort, security: 'tls', ...fields },
});

/** Another kind of server, or a bad one. */
function scripted(behave: (socket: Socket) => void, fields: Fields = {}): Situation {
  return async () => {
    const server = await startScriptedServer(behave);
    return { fields: { port: server.port, ...fields }, stop: () => server.stop() };
  };
}

/** Dovecot, with trouble at one command. */
function faulty(command: RegExp, fault: Fault): Situation {
  return () => {
    proxy.on(command, fault);
    return { fields: { port: proxy.port } };
  };
}

function certified(make: () => Certificate | Promise<Certificate>): Situation {
  return async () => {
    const server = await startTlsServer(await make());
    return { fields: { port: server.port, security: 'tls' }, stop: () => server.stop() };
  };
}

function greet(socket: Socket): void {
  socket.write('* OK [CAPABILITY IMAP4rev1] Hello\r\n');
}

function trickle(socket: Socket): void {
  greet(socket);
  const drip = setInterval(() => socket.write('*'), 20);
  socket.on('close', () => clearInterval(drip));
}

/** A web server says nothing until it is spoken to. */
function serveWeb(socket: Socket): void {
  socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
}

const no = (text: string): Fault => ({ kind: 'answer', text });

const SITUATIONS: readonly (readonly [string, Situation, RegExp])[] = [
  ['no such host', () => plainDovecot({ host: 'nowhere.example' }), /no server named nowhere/],
  ['no way to it', () => plainDovecot({ host: 'unroutable.example' }), /cannot be reached/],
  ['a metadata address', () => plainDovecot({ host: '169.254.169.254' }), /never to a mail server/],
  [
    'nobody listening',
    async () => {
      const server = await startScriptedServer(() => undefined);
      await server.stop();
      return { fields: { port: server.port } };
    },
    /takes no connections on port/,
  ],
  ['TLS on a plain port', () => plainDovecot({ security: 'tls' }), /does not begin with SSL\/TLS/],
  [
    'STARTTLS on a TLS port',
    () => tlsDovecot({ security: 'starttls' }),
    /expects SSL\/TLS.*choose SSL\/TLS/,
  ],
  [
    'no STARTTLS',
    () => ({ fields: { port: strict.port, security: 'starttls' } }),
    /offers no STARTTLS/,
  ],
  ['an unknown authority', certified(() => selfSignedCertificate()), /no known authority/],
  ['an expired certificate', certified(() => expired), /has expired: have its administrator renew/],
  ['a certificate from the future', certified(() => tooEarly), /is not valid \(/],
  ['another name', () => tlsDovecot({ host: 'mail.example' }), /another name than mail\.example/],
  [
    'only old TLS',
    async () => {
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
      const ciphers = 'DEFAULT@SECLEVEL=0';
      const server = await startTlsServer({ ...(await selfSignedCertificate()), ...old, ciphers });
      return { fields: { port: server.port, security: 'tls' }, stop: () => server.stop() };
    },
    /TLS 1\.2 or newer/,
  ],
  ['no greeting', scripted(() => undefined), /takes connections on port .* but says nothing/],
  ['silence after the greeting', scripted(greet), /did not answer in time/],
  ['a trickle', scripted(trickle), /answers so slowly/],
  ['closing at once', scripted((socket) => socket.end()), /ended the connection/],
  ['a web server', scripted(serveWeb), /A web server answers/],
  ['an SMTP server', scripted((s) => s.write('220 mx ESMTP\r\n')), /sending mail \(SMTP\) answers/],
  ['a POP3 server', scripted((s) => s.write('+OK ready\r\n')), /A POP3 server answers/],
  ['an SSH server', scripted((s) => s.write('SSH-2.0-X\r\n')), /is not an IMAP server/],
  ['a wrong password', () => plainDovecot({ password: 'wrong' }), /did not accept the user name/],
  [
    'sign-in over clear text refused',
    () => ({ fields: { port: strict.port, username: strict.user, password: strict.password } }),
    /no password over a connection that is not encrypted/,
  ],
  [
    'a throttled sign-in',
    faulty(/^(LOGIN|AUTHENTICATE)/, no('NO [LIMIT] Too many sign-ins')),
    /turned the sign-in away for now/,
  ],
  ['no such folder', () => plainDovecot({ folder: 'Nowhere' }), /There is no folder Nowhere/],
  [
    'a sign-in without a mailbox, as Microsoft 365 has it',
    faulty(/^SELECT/, no('BAD User is authenticated but not connected.')),
    /signed us in but does not open the folder INBOX.*not connected/,
  ],
  [
    'a folder that is read only',
    () => plainDovecot({ folder: 'Locked' }),
    /give this account the right/,
  ],
  [
    'no UIDVALIDITY',
    () => {
      proxy.rewrite((line) => (line.includes('UIDVALIDITY') ? null : line));
      return { fields: { port: proxy.port } };
    },
    /sends no UIDVALIDITY/,
  ],
];

/** The first sentence in bold: what failed. */
async function testConnection(fields: Fields): Promise<string> {
  const sent = {
    ...{ host: 'localhost', security: 'none', username: dovecot.user, password: dovecot.password },
    ...{ folder: 'INBOX', after: 'move', afterFolder: 'Archived' },
    ...fields,
  };
  const answer = await agent.post('/admin/email/archiving/test').type('form').send(sent);
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain(dovecot.password);
  const failed = [...answer.text.matchAll(/<strong>([^<]*)<\/strong>/g)].map(([, said]) => said);
  expect(failed).toHaveLength(1);
  expect(answer.text).toContain('Technical details');
  return (failed[0] ?? '').replaceAll('&#39;', "'");
}

const told = new Map<string, string>();

test.each(SITUATIONS)('%s', async (name, situation, expected) => {
  const { fields, stop } = await situation();
  try {
    const sentence = await testConnection(fields);
    expect(sentence).toMatch(expected);
    told.set(name, sentence);
  } finally {
    proxy.clear();
    await stop?.();
  }
});

test('each says something of its own', () => {
  expect(told.size).toBe(SITUATIONS.length);
  // What a server said, and where it was, does not make two sentences of one.
  const bare = [...told.values()].map((sentence) =>
    sentence.replace(/\(.*\)/, '').replace(/\d+|\S+\.example|localhost/g, ''),
  );
  expect(new Set(bare).size).toBe(bare.length);
});

test.each([
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '169.254.43518',
  '[::ffff:169.254.169.254]',
])('an address for metadata is refused however it is written: %s', async (host) => {
  // The system reads such numbers as an address; so it is the system that is asked.
  const real = await startTestWeb();
  try {
    const admin = await real.signIn(await real.addUser('Ada Admin', 'administrators'));
    const fields = { host, port: '993', security: 'tls', username: 'x', password: 'y' };
    const rest = { folder: 'INBOX', after: 'delete' };
    const answer = await admin
      .post('/admin/email/archiving/test')
      .type('form')
      .send({ ...fields, ...rest });
    expect(answer.text).toContain('never to a mail server');
  } finally {
    await real.close();
  }
});

test('a name that leads to metadata is refused by what it leads to', async () => {
  expect(await testConnection({ host: 'metadata.example', port: 993 })).toMatch(
    /metadata\.example leads to an address where clouds keep credentials/,
  );
});
