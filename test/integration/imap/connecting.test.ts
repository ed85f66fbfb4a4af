import type { LookupAddress } from 'node:dns';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DeadlineLimits } from '../../../src/imap/deadline.ts';
import type { MailboxAddress } from '../../../src/imap/mailbox.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { freePort } from '../../support/free-port.ts';
import { startHoodiecrow } from '../../support/hoodiecrow.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { addressOf, problemOf, Workbench } from './workbench.ts';

const SOON: DeadlineLimits = { baseMs: 1500, bytesPerSecond: 1_000_000, maxMs: 5000 };
const IMPATIENT = { greetingMs: 150, deadline: SOON };
const WRONG = 'not-the-password';

describe('connecting', () => {
  const workbench = new Workbench();
  let server: Dovecot;
  let proxy: TcpProxy;

  beforeAll(async () => {
    server = await startDovecot();
    proxy = await startTcpProxy(server);
  });
  afterEach(async () => {
    await workbench.clear();
    proxy.clear();
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });

  const tls = (more: Partial<MailboxAddress> = {}) =>
    addressOf(server, { port: server.tlsPort, security: 'tls', ...more });
  const viaProxy = (more: Partial<MailboxAddress> = {}) =>
    addressOf({ ...server, port: proxy.port }, more);

  it.each(['localhost', '127.0.0.1'])('trusts an own CA for %s, and nothing less', async (host) => {
    for (const address of [tls({ host }), addressOf(server, { host, security: 'starttls' })]) {
      const mailbox = await workbench.select(address, { ca: server.certificate });
      expect(await mailbox.uidsAfter(0)).toEqual([]);
      expect((await problemOf(workbench.open(address))).code).toBe('certificate-untrusted');
    }
  });

  it('refuses a certificate that is made out to another name', async () => {
    const lookup = resolvingTo('127.0.0.1');
    const opening = workbench.open(tls({ host: 'mail.example' }), {
      ca: server.certificate,
      lookup,
    });
    expect((await problemOf(opening)).code).toBe('certificate-name');
  });

  it('says that a port does not begin with TLS', async () => {
    const problem = await problemOf(workbench.open(tls({ port: server.port }), IMPATIENT));
    expect(problem.code).toBe('tls-on-plain-port');
  });

  it.each(['none', 'starttls'] as const)(
    'says that a port waits for TLS (%s)',
    async (security) => {
      const address = addressOf(server, { port: server.tlsPort, security });
      const problem = await problemOf(workbench.open(address, IMPATIENT));
      expect(problem.code).toBe('plain-on-tls-port');
    },
  );

  it('sends no password where STARTTLS is missing', async () => {
    const before = proxy.commands.length;
    proxy.rewrite((line) => line.replaceAll('STARTTLS', 'STRIPPED'));
    const problem = await problemOf(workbench.open(viaProxy({ security: 'starttls' })));
    expect(problem.code).toBe('starttls-missing');
    expect(proxy.commands.slice(before).filter((line) => /LOGIN|AUTHENTICATE/.test(line))).toEqual(
      [],
    );
  });

  it('sends no password where STARTTLS is refused', async () => {
    const before = proxy.commands.length;
    proxy.on(/^STARTTLS/, { kind: 'answer', text: 'NO Not now' });
    const problem = await problemOf(workbench.open(viaProxy({ security: 'starttls' })));
    expect(problem.code).toBe('starttls-missing');
    expect(proxy.commands.slice(before).filter((line) => /LOGIN|AUTHENTICATE/.test(line))).toEqual(
      [],
    );
  });

  it('says that nobody listens', async () => {
    const address = addressOf(server, { port: await freePort() });
    expect((await problemOf(workbench.open(address))).code).toBe('connection-refused');
  });

  it('says that there is no such host', async () => {
    const lookup = failingWith('ENOTFOUND');
    const opening = workbench.open(addressOf(server, { host: 'mail.example' }), { lookup });
    expect((await problemOf(opening)).code).toBe('host-not-found');
  });

  it.each(['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254'])(
    'never connects to %s, typed or resolved',
    async (forbidden) => {
      for (const security of ['none', 'tls'] as const) {
        const typed = addressOf(server, { host: forbidden, security });
        const named = addressOf(server, { host: 'mail.example', security });
        const lookup = resolvingTo('127.0.0.1', forbidden);
        for (const opening of [workbench.open(typed), workbench.open(named, { lookup })]) {
          const problem = await problemOf(opening);
          expect(problem.code).toBe('forbidden-address');
          expect(problem.detail).toContain(forbidden);
        }
      }
    },
  );

  it.each([
    ['folder', { folder: 'INBOX\r\nx LOGOUT' }],
    ['user name', { username: 'dana\r\nx LOGOUT' }],
    ['host', { host: 'mail.example\u0000' }],
  ])('refuses a line break or NUL in the %s', async (_, more) => {
    expect((await problemOf(workbench.open(viaProxy(more)))).code).toBe('refused');
  });

  it('tells a wrong password from a server that turns everybody away', async () => {
    const wrong = await problemOf(workbench.open(viaProxy({ password: WRONG })));
    expect(wrong.code).toBe('password');
    expect(JSON.stringify([wrong, wrong.message, wrong.stack])).not.toContain(WRONG);
    expect(wrong.cause).toBeUndefined();
  });

  it.each([
    ['NO [AUTHENTICATIONFAILED] Too many failures or wrong password', 'password'],
    ['NO Login failed.', 'password'],
    ['NO [UNAVAILABLE] Temporary authentication failure', 'unavailable'],
    ['NO [LIMIT] Too many simultaneous connections', 'unavailable'],
    ['NO [INUSE] Mailbox is locked', 'unavailable'],
    ['NO Too many login attempts, try again later', 'unavailable'],
    ['NO [ALERT] Account is temporarily throttled', 'unavailable'],
    ['NO [PRIVACYREQUIRED] Use TLS', 'login-disabled'],
    ['BAD Request is throttled. Suggested Backoff Time: 20 milliseconds', 'unavailable'],
  ])('reads "%s" as %s', async (text, code) => {
    proxy.on(/^(AUTHENTICATE|LOGIN)/, { kind: 'answer', text });
    expect((await problemOf(workbench.open(viaProxy()))).code).toBe(code);
  });

  it('says that the server takes no password in clear', async () => {
    const strict = await startHoodiecrow({ plugins: ['LOGINDISABLED'] });
    try {
      const problem = await problemOf(workbench.open(addressOf(strict)));
      expect(problem.code).toBe('login-disabled');
    } finally {
      await strict.stop();
    }
  });

  it.each<[string, (socket: Socket) => void, string]>([
    ['greets with BYE', (socket) => socket.end('* BYE [UNAVAILABLE] Full\r\n'), 'unavailable'],
    ['hangs up at once', (socket) => socket.end(), 'disconnected'],
    ['resets at once', (socket) => socket.resetAndDestroy(), 'disconnected'],
    ['never says a word', () => {}, 'no-greeting'],
    ['is SMTP', (socket) => socket.write('220 mail.example ESMTP\r\n'), 'not-imap'],
    ['is POP3 and hangs up', (socket) => socket.end('+OK POP3 ready\r\n'), 'not-imap'],
    ['is SSH', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 'not-imap'],
    ['is a web server', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'not-imap'],
    ['trickles for ever', trickle, 'too-slow'],
  ])('tells what it met when the server %s', async (_, behave, code) => {
    const odd = await startScriptedServer(behave);
    try {
      const address = addressOf({ ...server, port: odd.port });
      expect((await problemOf(workbench.open(address, IMPATIENT))).code).toBe(code);
    } finally {
      await odd.stop();
    }
  });

  it('gives up when signing in trickles', async () => {
    proxy.on(/^(LOGIN|AUTHENTICATE)/, { kind: 'trickle', everyMs: 20 });
    const problem = await problemOf(
      workbench.open(viaProxy(), { deadline: { ...SOON, baseMs: 800 } }),
    );
    // Which of the two it is depends on when the last byte came.
    expect(['too-slow', 'timed-out']).toContain(problem.code);
  });
});

/** Greets, then answers every command with one more letter now and then. */
function trickle(socket: Socket): void {
  socket.write('* OK [CAPABILITY IMAP4rev1] Hello\r\n');
  const drip = setInterval(() => socket.write('*'), 10);
  socket.on('close', () => clearInterval(drip));
}

function resolvingTo(...addresses: string[]) {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (
    _: string,
    options: { all?: boolean | undefined },
    callback: (error: null, address: string | LookupAddress[], family?: number) => void,
  ) => {
    if (options.all === true) callback(null, found);
    // The last one: a check of the first alone would let it through.
    else callback(null, found.at(-1)!.address, found.at(-1)!.family);
  };
}

function failingWith(code: string) {
  return (_: string, __: object, callback: (error: Error, address: string) => void) => {
    callback(Object.assign(new Error(`getaddrinfo ${code}`), { code }), '');
  };
}
