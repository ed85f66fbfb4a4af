import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeadlineLimits } from '../../../src/imap/deadline.ts';
import type { MailboxAddress } from '../../../src/imap/mailbox.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { sampleMail, sampleMails } from './sample-mail.ts';
import { addressOf, collect, problemOf, Workbench } from './workbench.ts';

/** Short, so that waiting for it takes no time; nothing here depends on how short. */
const SOON: DeadlineLimits = { baseMs: 400, bytesPerSecond: 1_000_000, maxMs: 5000 };

describe('trouble on the way', () => {
  const workbench = new Workbench();
  let server: Dovecot;
  let proxy: TcpProxy;
  let folder: string;
  let address: MailboxAddress;
  let count = 0;

  beforeAll(async () => {
    server = await startDovecot();
    proxy = await startTcpProxy(server);
    await server.createFolder('Archived');
  });
  beforeEach(async () => {
    folder = `Box${(count += 1)}`;
    await server.createFolder(folder);
    address = addressOf({ ...server, port: proxy.port }, { folder });
  });
  afterEach(async () => {
    await workbench.clear();
    proxy.clear();
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });

  it.each(['fin', 'rst'] as const)('is cut in mid-FETCH (%s)', async (how) => {
    await server.deliverMany(sampleMails(20, 5000), { folder });
    const mailbox = await workbench.select(address);
    let closed = 0;
    mailbox.onClose(() => (closed += 1));
    proxy.on(/^UID FETCH/, { kind: 'cut', how, afterBytes: 30_000 });
    expect((await problemOf(mailbox.fetch([1, 2, 3, 4, 5, 6, 7, 8, 9]))).code).toBe('disconnected');
    expect((await problemOf(mailbox.select())).code).toBe('disconnected');
    expect(closed).toBe(1);
    proxy.clear();
    const again = await workbench.select(address);
    expect(await again.fetch(await again.uidsAfter(0))).toHaveLength(20);
  });

  it('never takes the first parts of a big message for the whole', async () => {
    await server.deliver(sampleMail('big', 50_000), { folder });
    const mailbox = await workbench.select(address);
    proxy.on(/^UID FETCH 1 .*<20000\.10000>/, { kind: 'cut', how: 'fin', afterBytes: 5000 });
    const parts = collect(mailbox.fetchInChunks(1, 10_000));
    expect((await problemOf(parts)).code).toBe('disconnected');
  });

  it('loses a big message to somebody else while it is being read', async () => {
    await server.deliver(sampleMail('big', 50_000), { folder });
    const mailbox = await workbench.select(address);
    const act = () => server.expunge('1', folder);
    proxy.on(/^UID FETCH 1 .*<20000\.10000>/, { kind: 'first', act });
    const problem = await problemOf(collect(mailbox.fetchInChunks(1, 10_000)));
    expect(['refused', 'disconnected']).toContain(problem.code);
    const again = await workbench.select(address);
    expect(await collect(again.fetchInChunks(1, 10_000))).toEqual([]);
  });

  it('loses messages to somebody else between search and fetch', async () => {
    await server.deliverMany(sampleMails(4), { folder });
    const mailbox = await workbench.select(address);
    const uids = await mailbox.uidsAfter(0);
    proxy.on(/^UID FETCH/, { kind: 'first', act: () => server.expunge('2:3', folder) }, 'once');
    expect((await mailbox.fetch(uids)).map(({ uid }) => uid)).toEqual([1, 4]);
    expect(await collect(mailbox.fetchInChunks(2, 1000))).toEqual([]);
  });

  it('gives up on a server that trickles, however busy the connection looks', async () => {
    await server.deliver(sampleMail('slow', 100_000), { folder });
    const mailbox = await workbench.select(address, { deadline: SOON });
    proxy.on(/^UID FETCH/, { kind: 'trickle', everyMs: 5 });
    expect((await problemOf(mailbox.fetch([1]))).code).toBe('too-slow');
    expect((await problemOf(mailbox.uidsAfter(0))).code).not.toMatch(/timed-out|too-slow/);
  });

  it.each([
    ['SELECT', /^SELECT/],
    ['SEARCH', /^UID SEARCH/],
    ['NOOP while waiting for news', /^(IDLE|NOOP)/],
  ])('gives up on a server that falls silent at %s', async (_, command) => {
    const mailbox = await workbench.open(address, { deadline: SOON });
    let closed = false;
    mailbox.onClose(() => (closed = true));
    proxy.on(command, { kind: 'silence' });
    const work = async () => {
      await mailbox.select();
      await mailbox.uidsAfter(0);
      await mailbox.waitForNews(0.01, new AbortController().signal);
    };
    expect((await problemOf(work())).code).toBe('timed-out');
    expect(closed).toBe(true);
  });

  it('closes within its time when nobody says goodbye', async () => {
    const mailbox = await workbench.select(address);
    let closed = false;
    mailbox.onClose(() => (closed = true));
    proxy.on(/^LOGOUT/, { kind: 'silence' });
    await mailbox.close();
    expect(closed).toBe(true);
  });

  it('learns while waiting for news that the connection ended', async () => {
    const mailbox = await workbench.select(address);
    const waiting = problemOf(mailbox.waitForNews(3600, new AbortController().signal));
    proxy.cutAll('rst');
    expect((await waiting).code).toBe('disconnected');
  });

  it('asks with NOOP where IDLE is refused', async () => {
    const mailbox = await workbench.select(address);
    await mailbox.uidsAfter(0);
    proxy.on(/^IDLE/, { kind: 'answer', text: 'NO No IDLE today' });
    const waiting = mailbox.waitForNews(3600, new AbortController().signal);
    await server.deliver(sampleMail('news'), { folder });
    await waiting;
    expect(proxy.commands.filter((command) => command === 'IDLE').length).toBeLessThanOrEqual(2);
  });

  it.each(['NO [SERVERBUG] Index corrupt', 'BAD Cannot parse'])(
    'does not take a refused SEARCH (%s) for an empty folder',
    async (text) => {
      await server.deliver(sampleMail('one'), { folder });
      const mailbox = await workbench.select(address);
      proxy.on(/^UID SEARCH/, { kind: 'answer', text });
      expect((await problemOf(mailbox.uidsAfter(0))).code).toBe('refused');
      proxy.clear();
      expect(await mailbox.uidsAfter(0)).toEqual([1]);
    },
  );

  it('calls a throttled command unavailable', async () => {
    const mailbox = await workbench.select(address);
    const text = 'BAD Request is throttled. Suggested Backoff Time: 20 milliseconds';
    proxy.on(/^UID SEARCH/, { kind: 'answer', text });
    expect((await problemOf(mailbox.uidsAfter(0))).code).toBe('unavailable');
  });

  it('says which message the server refuses to hand over, and goes on', async () => {
    await server.deliverMany(sampleMails(2), { folder });
    const mailbox = await workbench.select(address);
    proxy.on(/^UID FETCH 1 /, { kind: 'answer', text: 'NO [SERVERBUG] Broken message' });
    expect((await problemOf(mailbox.fetch([1]))).code).toBe('refused');
    expect(await mailbox.fetch([2])).toHaveLength(1);
  });

  it('takes NIL for a message that is gone only once the server says that it is', async () => {
    await server.deliver(sampleMail('one'), { folder });
    const mailbox = await workbench.select(address);
    const untagged = ['1 FETCH (UID 1 RFC822.SIZE 10 BODY[] NIL)'];
    proxy.on(/^UID FETCH .*BODY/, { kind: 'answer', text: 'OK Done', untagged });
    expect((await problemOf(mailbox.fetch([1]))).code).toBe('refused');
    expect((await problemOf(collect(mailbox.fetchInChunks(1, 1000)))).code).toBe('refused');
    await server.expunge('1', folder);
    expect(await mailbox.fetch([1])).toEqual([]);
    expect(await collect(mailbox.fetchInChunks(1, 1000))).toEqual([]);
  });

  it('is not confused by news of other messages inside an answer', async () => {
    await server.deliverMany(sampleMails(2), { folder });
    const mailbox = await workbench.select(address);
    proxy.rewrite((line) =>
      line.startsWith('* 1 FETCH')
        ? `* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n* 3 EXISTS\r\n${line}`
        : line,
    );
    const [message, ...others] = await mailbox.fetch([1]);
    expect([message?.uid, others]).toEqual([1, []]);
  });

  it('refuses a literal announced as 4 GB', async () => {
    await server.deliver(sampleMail('one'), { folder });
    const mailbox = await workbench.select(address);
    proxy.rewrite((line) => line.replace(/BODY\[\] \{\d+\}/, 'BODY[] {4294967295}'));
    const problem = await problemOf(mailbox.fetch([1]));
    expect(problem.code).toBe('unexpected');
    expect(problem.detail).toMatch(/literal/i);
  });

  it('refuses a folder without UIDVALIDITY', async () => {
    const mailbox = await workbench.open(address);
    proxy.rewrite((line) => (line.includes('UIDVALIDITY') ? null : line));
    expect((await problemOf(mailbox.select())).code).toBe('uidvalidity-missing');
  });

  it('does without UIDNEXT', async () => {
    const mailbox = await workbench.open(address);
    proxy.rewrite((line) => (line.includes('UIDNEXT') ? null : line));
    expect((await mailbox.select()).uidNext).toBeNull();
  });

  it('says that SELECT was refused though the folder is there', async () => {
    const mailbox = await workbench.open(address);
    proxy.on(/^SELECT/, { kind: 'answer', text: 'BAD User is authenticated but not connected.' });
    const problem = await problemOf(mailbox.select());
    expect(problem.code).toBe('folder-refused');
    expect(problem.detail).toBe('User is authenticated but not connected.');
  });

  it('notices at the next select that the folder was deleted meanwhile', async () => {
    await server.deliver(sampleMail('one'), { folder });
    const mailbox = await workbench.select(address);
    await server.deleteFolder(folder);
    const problem = await problemOf(mailbox.select());
    // Dovecot may also end the connection at once.
    expect(['folder-missing', 'disconnected']).toContain(problem.code);
    const again = await workbench.open(address);
    expect((await problemOf(again.select())).code).toBe('folder-missing');
  });
});

describe('a folder that cannot be changed', () => {
  it('is refused when it is selected', async () => {
    const server = await startDovecot({ readOnlyFolders: ['Locked'] });
    const workbench = new Workbench();
    try {
      await server.createFolder('Locked');
      const mailbox = await workbench.open(addressOf(server, { folder: 'Locked' }));
      expect((await problemOf(mailbox.select())).code).toBe('folder-read-only');
    } finally {
      await workbench.clear();
      await server.stop();
    }
  });
});
