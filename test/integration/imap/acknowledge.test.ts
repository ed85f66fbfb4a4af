import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AfterArchiving } from '../../../src/imap/mailbox.ts';
import { startDovecot, type Dovecot, type DovecotOptions } from '../../support/dovecot.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { sampleMail, sampleMails } from './sample-mail.ts';
import { addressOf, problemOf, Workbench } from './workbench.ts';

const MOVE: AfterArchiving = { kind: 'move', folder: 'Archived' };
const DELETE: AfterArchiving = { kind: 'delete' };
const SEEN: AfterArchiving = { kind: 'seen' };

/** Never sent: both remove what somebody else flagged \Deleted. */
const BARE_EXPUNGE = /^(EXPUNGE|CLOSE)\b/i;

const workbench = new Workbench();
let server: Dovecot;
let proxy: TcpProxy;
let folder = '';
let count = 0;

function serving(options: DovecotOptions): void {
  beforeAll(async () => {
    server = await startDovecot(options);
    proxy = await startTcpProxy(server);
    await server.createFolder('Archived');
  });
  afterEach(async () => {
    await workbench.clear();
    expect(proxy.commands.filter((command) => BARE_EXPUNGE.test(command))).toEqual([]);
    proxy.clear();
    await server.recreateFolder('Archived');
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });
}

/** A fresh folder with that many mails, opened and selected through the proxy. */
async function openWith(mails: number) {
  folder = `Box${(count += 1)}`;
  await server.createFolder(folder);
  await server.deliverMany(sampleMails(mails), { folder });
  return workbench.select(addressOf({ ...server, port: proxy.port }, { folder }));
}

async function uidsIn(name: string): Promise<number[]> {
  return (await server.list(name)).map(({ uid }) => uid);
}

describe('acknowledging with MOVE and UIDPLUS', () => {
  serving({});

  it.each([
    ['NO [OVERQUOTA] Quota exceeded', 'refused', '[OVERQUOTA] Quota exceeded'],
    ['NO [TRYCREATE] No such mailbox', 'destination-missing', '[TRYCREATE] No such mailbox'],
    ['NO [NONEXISTENT] Gone', 'destination-missing', '[NONEXISTENT] Gone'],
    ['NO Not today', 'refused', 'Not today'],
    ['BAD Cannot parse', 'refused', 'Cannot parse'],
    ['NO', 'refused', 'Command failed'],
  ])('leaves the messages when MOVE gets %s', async (text, code, detail) => {
    const mailbox = await openWith(3);
    proxy.on(/^UID MOVE/, { kind: 'answer', text });
    const problem = await problemOf(mailbox.acknowledge([1, 2], MOVE));
    expect(problem).toMatchObject({ code, detail });
    expect(await uidsIn(folder)).toEqual([1, 2, 3]);
  });

  it.each([
    ['delete', DELETE],
    ['seen', SEEN],
  ])('says so when STORE is refused on the way to %s', async (_, after) => {
    const mailbox = await openWith(2);
    proxy.on(/^UID STORE/, { kind: 'answer', text: 'NO [NOPERM] You may not' });
    const problem = await problemOf(mailbox.acknowledge([1], after));
    expect(problem).toMatchObject({ code: 'refused', detail: '[NOPERM] You may not' });
    expect(await server.list(folder)).toMatchObject([{ uid: 1 }, { uid: 2 }]);
  });

  it('says so when EXPUNGE is refused; the next run completes it', async () => {
    const mailbox = await openWith(2);
    proxy.on(/^UID EXPUNGE/, { kind: 'answer', text: 'NO [INUSE] Locked' }, 'once');
    expect(await problemOf(mailbox.acknowledge([1], DELETE))).toMatchObject({ code: 'refused' });
    expect(await mailbox.acknowledge([1], DELETE)).toEqual([1]);
    expect(await uidsIn(folder)).toEqual([2]);
  });

  it('does not believe an OK: what is still there unflagged is not done', async () => {
    const mailbox = await openWith(3);
    proxy.on(/^UID MOVE/, { kind: 'answer', text: 'OK Moved, honestly' });
    expect(await mailbox.acknowledge([1, 2], MOVE)).toEqual([]);
    proxy.on(/^UID STORE/, { kind: 'answer', text: 'OK Stored, honestly' });
    expect(await mailbox.acknowledge([1, 2], SEEN)).toEqual([]);
    expect(await mailbox.acknowledge([3, 50], DELETE)).toEqual([50]);
    expect(await uidsIn(folder)).toEqual([1, 2, 3]);
  });

  it('does not take a refused question for an answer', async () => {
    const mailbox = await openWith(1);
    proxy.on(/^UID FETCH/, { kind: 'answer', text: 'NO [SERVERBUG] Index broken' });
    expect(await problemOf(mailbox.acknowledge([1], SEEN))).toMatchObject({ code: 'refused' });
  });

  it('moves 3,000 messages, scattered ones in lines of bounded length', async () => {
    const mailbox = await openWith(3000);
    const odd = Array.from({ length: 1500 }, (_, index) => index * 2 + 1);
    const before = proxy.commands.length;
    expect(await mailbox.acknowledge(odd, MOVE)).toEqual(odd);
    const longest = Math.max(...proxy.commands.slice(before).map(({ length }) => length));
    expect(longest).toBeLessThan(8192);
    const all = Array.from({ length: 3000 }, (_, index) => index + 1);
    expect(await mailbox.acknowledge(all, MOVE)).toEqual(all);
    expect(await uidsIn(folder)).toEqual([]);
    expect(await uidsIn('Archived')).toHaveLength(3000);
  });

  it('says that the connection ended, not that the server refused', async () => {
    const mailbox = await openWith(1);
    proxy.on(/^UID MOVE/, { kind: 'cut', how: 'rst' });
    const problem = await problemOf(mailbox.acknowledge([1], MOVE));
    expect(problem.code).toBe('disconnected');
    expect(await uidsIn(folder)).toEqual([1]);
  });

  it('survives the folder being deleted while it is selected', async () => {
    const mailbox = await openWith(1);
    await server.deleteFolder(folder);
    const after = await mailbox.acknowledge([1], MOVE).catch((error: unknown) => error);
    expect(after).not.toEqual([1]);
    expect(await uidsIn('Archived')).toEqual([]);
  });
});

describe('acknowledging without MOVE', () => {
  serving({ hide: ['MOVE'], quotaMessages: 5 });

  it('keeps the messages when COPY is over quota', async () => {
    const mailbox = await openWith(4);
    const problem = await problemOf(mailbox.acknowledge([1, 2, 3], MOVE));
    expect(problem.code).toBe('refused');
    expect(problem.detail).toContain('[OVERQUOTA]');
    expect(await server.list(folder)).toEqual(
      [1, 2, 3, 4].map((uid) => ({ uid, flags: expect.not.arrayContaining(['\\Deleted']) as [] })),
    );
    await server.deleteFolder(folder);
  });

  it('does not copy twice what an earlier run copied and flagged', async () => {
    const mailbox = await openWith(2);
    proxy.on(/^UID EXPUNGE/, { kind: 'cut', how: 'rst' }, 'once');
    expect((await problemOf(mailbox.acknowledge([1, 2], MOVE))).code).toBe('disconnected');
    expect(await uidsIn('Archived')).toHaveLength(2);
    const again = await workbench.select(addressOf(server, { folder }));
    expect(await again.acknowledge([1, 2], MOVE)).toEqual([1, 2]);
    expect(await uidsIn('Archived')).toHaveLength(2);
    expect(await uidsIn(folder)).toEqual([]);
    await server.deleteFolder(folder);
  });
});

describe('acknowledging without MOVE and UIDPLUS', () => {
  serving({ hide: ['MOVE', 'UIDPLUS'] });

  it('leaves moved messages flagged, never expunges, and copies once', async () => {
    const mailbox = await openWith(3);
    await server.setFlags('3', ['\\Deleted'], folder);
    expect(await mailbox.acknowledge([1, 2], MOVE)).toEqual([1, 2]);
    expect(await mailbox.acknowledge([1, 2], MOVE)).toEqual([1, 2]);
    expect(await uidsIn('Archived')).toHaveLength(2);
    expect(await uidsIn(folder)).toEqual([1, 2, 3]);
    expect(proxy.commands.filter((command) => command.includes('EXPUNGE'))).toEqual([]);
  });

  it('leaves deleted messages flagged and never expunges', async () => {
    const mailbox = await openWith(2);
    expect(await mailbox.acknowledge([2], DELETE)).toEqual([2]);
    expect(await uidsIn(folder)).toEqual([1, 2]);
    expect(proxy.commands.filter((command) => command.includes('EXPUNGE'))).toEqual([]);
  });

  it('does not flag what it could not copy', async () => {
    const mailbox = await openWith(1);
    await problemOf(mailbox.acknowledge([1], { kind: 'move', folder: 'Nowhere' }));
    proxy.on(/^UID COPY/, { kind: 'answer', text: 'NO [LIMIT] Slow down' });
    expect((await problemOf(mailbox.acknowledge([1], MOVE))).code).toBe('refused');
    const [message] = await server.list(folder);
    expect(message?.flags).not.toContain('\\Deleted');
  });
});

describe('closing', () => {
  serving({});

  it('never expunges what is flagged as deleted', async () => {
    const mailbox = await openWith(2);
    await server.setFlags('1', ['\\Deleted'], folder);
    await mailbox.select();
    await mailbox.close();
    expect(proxy.commands.some((command) => command === 'LOGOUT')).toBe(true);
    expect(await uidsIn(folder)).toEqual([1, 2]);
    await server.deliver(sampleMail('later'), { folder });
    expect(await uidsIn(folder)).toEqual([1, 2, 3]);
  });
});
