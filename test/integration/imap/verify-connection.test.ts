import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { imapflowConnector } from '../../../src/imap/imapflow-connector.ts';
import type { AfterArchiving, MailboxAddress } from '../../../src/imap/mailbox.ts';
import { verifyConnection } from '../../../src/imap/verify-connection.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { startHoodiecrow } from '../../support/hoodiecrow.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { sampleMail } from './sample-mail.ts';
import { addressOf } from './workbench.ts';

const MOVE: AfterArchiving = { kind: 'move', folder: 'Archived' };
const STEPS = ['reached', 'encrypted', 'signed-in', 'folder', 'destination', 'push'];

describe('verifying a connection', () => {
  let server: Dovecot;
  let proxy: TcpProxy;

  beforeAll(async () => {
    server = await startDovecot({ readOnlyFolders: ['Locked'] });
    proxy = await startTcpProxy(server);
    for (const folder of ['Archived', 'Locked', 'Box']) await server.createFolder(folder);
    await server.deliver(sampleMail('one'), { folder: 'Box' });
  });
  afterEach(() => proxy.clear());
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });

  const verify = (address: MailboxAddress, after: AfterArchiving = MOVE) =>
    verifyConnection(
      imapflowConnector({ ca: server.certificate, greetingMs: 200 }),
      address,
      after,
    );
  const viaProxy = (more: Partial<MailboxAddress> = {}) =>
    addressOf({ ...server, port: proxy.port }, more);

  it('finds all well, and what the folder holds', async () => {
    const address = addressOf(server, { port: server.tlsPort, security: 'tls', folder: 'Box' });
    const found = await verify(address);
    expect(found.checks.map(({ step }) => step)).toEqual(STEPS);
    expect(found.checks.map(({ status }) => status)).toEqual(Array(6).fill('ok'));
    expect(found.ok).toBe(true);
    expect(found.folder).toMatchObject({ exists: 1, uidNext: 2, readOnly: false });
    expect(found.checks[3]?.sentence).toContain('it holds 1 message');
    expect((await server.list('Box'))[0]?.flags).not.toContain('\\Seen');
  });

  it('warns of a connection in clear', async () => {
    const found = await verify(addressOf(server));
    expect(found.checks.map(({ status }) => status)).toEqual([
      'ok',
      'warning',
      'ok',
      'ok',
      'ok',
      'ok',
    ]);
    expect(found.ok).toBe(true);
  });

  it.each<[string, Partial<MailboxAddress>, AfterArchiving, string, RegExp]>([
    ['a wrong password', { password: 'wrong' }, MOVE, 'signed-in', /did not accept the user name/],
    ['a missing folder', { folder: 'Nowhere' }, MOVE, 'folder', /no folder Nowhere/],
    ['a read-only folder', { folder: 'Locked' }, MOVE, 'folder', /cannot be changed|not changed/],
    ['moving to itself', {}, { kind: 'move', folder: 'inbox' }, 'destination', /where they are/],
    ['TLS on a plain port', { security: 'tls' }, MOVE, 'encrypted', /choose STARTTLS/],
  ])('points at %s', async (_, more, after, step, sentence) => {
    const found = await verify(addressOf(server, more), after);
    const at = STEPS.indexOf(step);
    expect(found.ok).toBe(false);
    expect(found.checks.map((check) => check.step)).toEqual(STEPS);
    expect(found.checks[at]).toMatchObject({ status: 'failed' });
    expect(found.checks[at]?.sentence).toMatch(sentence);
    expect(found.checks.slice(0, at).map(({ status }) => status)).not.toContain('failed');
    const later = found.checks.slice(at + 1).map(({ status }) => status);
    expect(new Set(later)).toEqual(new Set([step === 'destination' ? 'ok' : 'skipped']));
    expect(JSON.stringify(found)).not.toContain(server.password);
  });

  it('says of a missing destination that it will be created', async () => {
    const found = await verify(addressOf(server), { kind: 'move', folder: 'Elsewhere' });
    expect(found.ok).toBe(true);
    expect(found.checks[4]).toMatchObject({ step: 'destination', status: 'warning' });
    expect(found.checks[4]?.sentence).toMatch(/no folder Elsewhere yet: Letterbook creates it/);
  });

  it('says that nobody listens, without guessing at the rest', async () => {
    const closed = await startScriptedServer(() => {});
    await closed.stop();
    const found = await verify(addressOf({ ...server, port: closed.port }));
    expect(found.checks.map(({ status }) => status)).toEqual([
      'failed',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(found.folder).toBeNull();
  });

  it('opens the folder, since signing in proves little', async () => {
    proxy.on(/^SELECT/, { kind: 'answer', text: 'BAD User is authenticated but not connected.' });
    const found = await verify(viaProxy());
    expect(found.checks[3]).toMatchObject({ step: 'folder', status: 'failed' });
    expect(found.checks[3]?.sentence).toContain('User is authenticated but not connected)');
  });

  it('ends in its own time, wherever the server stops answering', async () => {
    for (const command of [/^(AUTHENTICATE|LOGIN)/, /^SELECT/, /^STATUS/]) {
      proxy.clear();
      proxy.on(command, { kind: 'silence' });
      const limit = { deadlineMs: 700 };
      const found = await verifyConnection(imapflowConnector(), viaProxy(), MOVE, limit);
      expect(found.ok).toBe(false);
      const failed = found.checks.filter(({ status }) => status === 'failed');
      expect(failed.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/in time/)]);
    }
  });

  it('warns of what a server cannot do', async () => {
    const bare = await startHoodiecrow({ plugins: [], folders: ['Archived'] });
    try {
      const found = await verify(addressOf(bare));
      expect(found.checks[4]).toMatchObject({ step: 'destination', status: 'warning' });
      expect(found.checks[4]?.sentence).toMatch(/no MOVE.*no UIDPLUS/);
      expect(found.checks[5]).toMatchObject({ step: 'push', status: 'warning' });
      const removing = await verify(addressOf(bare), { kind: 'delete' });
      expect(removing.checks[4]).toMatchObject({ status: 'warning' });
      const marking = await verify(addressOf(bare), { kind: 'seen' });
      expect(marking.checks[4]).toMatchObject({ status: 'ok' });
      expect(marking.ok).toBe(true);
    } finally {
      await bare.stop();
    }
  });
});
