import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MailboxAddress } from '../../../src/imap/mailbox.ts';
import type { FolderTools } from '../../support/folder-tools.ts';
import { sampleMail, sampleMails } from './sample-mail.ts';
import { addressOf, collect, problemOf, Workbench, type Reachable } from './workbench.ts';

export type ContractServer = FolderTools & Reachable & { stop(): Promise<void> };

/** What the adapter keeps to on every server, whatever that server can do. */
export function mailboxContract(
  name: string,
  start: () => Promise<ContractServer>,
  offers: { readonly move: boolean; readonly uidplus: boolean; readonly idle: boolean },
): void {
  describe(`mailbox on ${name}`, () => {
    const workbench = new Workbench();
    let server: ContractServer;
    let address: MailboxAddress;
    let folder: string;
    let count = 0;

    beforeAll(async () => {
      server = await start();
      await server.createFolder('Archived');
    });
    afterAll(() => server.stop());
    beforeEach(async () => {
      folder = `Box${(count += 1)}`;
      await server.createFolder(folder);
      address = addressOf(server, { folder });
    });
    afterEach(() => workbench.clear());

    it('knows what the server offers', async () => {
      const { capabilities } = await workbench.open(address);
      const known = ['MOVE', 'UIDPLUS', 'IDLE'].map((capability) => capabilities.has(capability));
      expect(known).toEqual([offers.move, offers.uidplus, offers.idle]);
    });

    it('reports what the folder holds, each time anew', async () => {
      const mailbox = await workbench.open(address);
      const empty = await mailbox.select();
      expect(empty).toMatchObject({ exists: 0, readOnly: false });
      expect(empty.uidValidity).toBeGreaterThan(0);
      await server.deliver(sampleMail('one'), { folder });
      expect(await mailbox.select()).toEqual({ ...empty, exists: 1, uidNext: 2 });
    });

    it('notices that a folder was made anew', async () => {
      // The first message makes hoodiecrow give the next folder another UIDVALIDITY too.
      await server.deliver(sampleMail('one'), { folder });
      const mailbox = await workbench.open(address);
      const before = await mailbox.select();
      await server.recreateFolder(folder);
      const after = await mailbox.select();
      expect(after.exists).toBe(0);
      expect(after.uidValidity).not.toBe(before.uidValidity);
    });

    it('says that a folder is missing', async () => {
      const mailbox = await workbench.open(addressOf(server, { folder: 'Nowhere' }));
      expect((await problemOf(mailbox.select())).code).toBe('folder-missing');
      expect(await mailbox.folderExists('Nowhere')).toBe(false);
      expect(await mailbox.folderExists('Archived')).toBe(true);
    });

    it('finds UIDs above the cursor and never the last one below it', async () => {
      const mailbox = await workbench.select(address);
      expect(await mailbox.uidsAfter(0)).toEqual([]);
      await server.deliverMany(sampleMails(4), { folder });
      await server.expunge('2', folder);
      await mailbox.select();
      expect(await mailbox.uidsAfter(0)).toEqual([1, 3, 4]);
      expect(await mailbox.uidsAfter(1)).toEqual([3, 4]);
      expect(await mailbox.uidsAfter(4)).toEqual([]);
      expect(await mailbox.uidsAfter(100)).toEqual([]);
      expect(await mailbox.uidsAfter(0xffff_ffff)).toEqual([]);
    });

    it('summarises and fetches what still exists, byte by byte, without marking it', async () => {
      const internalDate = new Date('2026-02-03T04:05:06Z');
      const mails = [sampleMail('öne', 300), sampleMail('two', 9000)];
      for (const mail of mails) await server.deliver(mail, { folder, internalDate });
      const mailbox = await workbench.select(address);
      const summaries = await mailbox.summaries([2, 1, 77]);
      expect(summaries.sort((a, b) => a.uid - b.uid)).toEqual([
        { uid: 1, size: Buffer.byteLength(mails[0]!), internalDate },
        { uid: 2, size: Buffer.byteLength(mails[1]!), internalDate },
      ]);
      const fetched = await mailbox.fetch([1, 2, 77]);
      const texts = fetched.sort((a, b) => a.uid - b.uid).map(({ source }) => source.toString());
      expect(texts).toEqual(mails);
      expect((await server.list(folder)).flatMap(({ flags }) => flags)).not.toContain('\\Seen');
    });

    it('fetches a big message in parts, whatever the part size', async () => {
      const mail = sampleMail('big', 10_000);
      await server.deliver(mail, { folder });
      const mailbox = await workbench.select(address);
      for (const size of [999, mail.length / 2, mail.length, 1_000_000]) {
        const parts = await collect(mailbox.fetchInChunks(1, Math.ceil(size)));
        expect(Buffer.concat(parts).toString()).toBe(mail);
        expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(Math.ceil(size));
      }
      expect(await collect(mailbox.fetchInChunks(2, 1000))).toEqual([]);
    });

    it('fetches the beginning of a header, and nothing of the body', async () => {
      const mail = 'Subject: one\r\nX-Long: two\r\n\r\nthree\r\n';
      await server.deliver(mail, { folder });
      const mailbox = await workbench.select(address);
      const header = await mailbox.fetchHeader(1, 1000);
      expect(header?.toString()).toBe('Subject: one\r\nX-Long: two\r\n\r\n');
      expect((await mailbox.fetchHeader(1, 10))?.toString()).toBe('Subject: o');
      expect(await mailbox.fetchHeader(2, 1000)).toBeNull();
      expect((await server.list(folder)).flatMap(({ flags }) => flags)).not.toContain('\\Seen');
    });

    it('moves messages, and a second run finds nothing left to do', async () => {
      await server.recreateFolder('Archived');
      await server.deliverMany(sampleMails(5), { folder });
      const mailbox = await workbench.select(address);
      const after = { kind: 'move', folder: 'Archived' } as const;
      expect(await mailbox.acknowledge([1, 2, 4, 99], after)).toEqual([1, 2, 4, 99]);
      expect(await mailbox.acknowledge([1, 2, 4, 99], after)).toEqual([1, 2, 4, 99]);
      expect(await server.list('Archived')).toHaveLength(3);
      expect(await unflagged('\\Deleted')).toEqual([3, 5]);
      expect(await server.list(folder)).toHaveLength(offers.move || offers.uidplus ? 2 : 5);
    });

    it('deletes messages, and leaves alone what somebody else flagged as deleted', async () => {
      await server.deliverMany(sampleMails(4), { folder });
      await server.setFlags('4', ['\\Deleted'], folder);
      const mailbox = await workbench.select(address);
      expect(await mailbox.acknowledge([2, 3], { kind: 'delete' })).toEqual([2, 3]);
      const left = (await server.list(folder)).map(({ uid }) => uid);
      expect(left).toEqual(offers.uidplus ? [1, 4] : [1, 2, 3, 4]);
      expect(await unflagged('\\Deleted')).toEqual([1]);
    });

    it('marks messages as read and keeps their other flags', async () => {
      await server.deliverMany(sampleMails(3), { folder, flags: ['\\Flagged'] });
      const mailbox = await workbench.select(address);
      expect(await mailbox.acknowledge([1, 3, 9], { kind: 'seen' })).toEqual([1, 3, 9]);
      expect(await unflagged('\\Seen')).toEqual([2]);
      expect(await unflagged('\\Flagged')).toEqual([]);
    });

    it('acknowledges nothing when there is nothing', async () => {
      const mailbox = await workbench.select(address);
      expect(await mailbox.acknowledge([], { kind: 'delete' })).toEqual([]);
    });

    it('says that the folder to move to is missing, and leaves the message alone', async () => {
      await server.deliver(sampleMail('one'), { folder });
      const mailbox = await workbench.select(address);
      const moving = mailbox.acknowledge([1], { kind: 'move', folder: 'Nowhere' });
      expect((await problemOf(moving)).code).toBe('destination-missing');
      expect(await unflagged('\\Deleted')).toEqual([1]);
    });

    it('creates a folder, and leaves alone one that is there', async () => {
      await server.deliver(sampleMail('one'), { folder });
      const mailbox = await workbench.select(address);
      const made = `${folder}-made`;
      await mailbox.createFolder(made);
      await mailbox.createFolder(folder);
      expect(await mailbox.acknowledge([1], { kind: 'move', folder: made })).toEqual([1]);
      expect(await server.list(made)).toHaveLength(1);
    });

    it('does not move messages to where they are', async () => {
      await server.deliver(sampleMail('one'), { folder });
      const mailbox = await workbench.select(address);
      const problem = await problemOf(mailbox.acknowledge([1], { kind: 'move', folder }));
      expect(problem.code).toBe('refused');
      expect(await server.list(folder)).toHaveLength(1);
    });

    it('wakes up when mail arrives', async () => {
      const mailbox = await workbench.select(address);
      await mailbox.uidsAfter(0);
      const waiting = mailbox.waitForNews(3600, new AbortController().signal);
      await server.deliver(sampleMail('news'), { folder });
      await waiting;
      expect(await mailbox.uidsAfter(0)).toEqual([1]);
    });

    it('does not wait when mail was announced since the last search', async () => {
      const mailbox = await workbench.select(address);
      await mailbox.uidsAfter(0);
      await server.deliver(sampleMail('news'), { folder });
      // Any command brings the announcement.
      await mailbox.summaries([1]);
      await mailbox.waitForNews(3600, new AbortController().signal);
      expect(await mailbox.uidsAfter(0)).toEqual([1]);
    });

    it('stops waiting when told to, or when the time is over, and can be used on', async () => {
      const mailbox = await workbench.select(address);
      await mailbox.waitForNews(0.02, new AbortController().signal);
      const stop = new AbortController();
      const waiting = mailbox.waitForNews(3600, stop.signal);
      stop.abort();
      await waiting;
      await mailbox.waitForNews(3600, AbortSignal.abort());
      expect(await mailbox.uidsAfter(0)).toEqual([]);
    });

    it('tells once that it was closed, and refuses to work afterwards', async () => {
      const mailbox = await workbench.select(address);
      let told = 0;
      mailbox.onClose(() => (told += 1));
      await mailbox.close();
      await mailbox.close();
      expect(told).toBe(1);
      expect((await problemOf(mailbox.uidsAfter(0))).code).toBe('disconnected');
      expect((await problemOf(mailbox.fetch([1]))).code).toBe('disconnected');
      const moving = mailbox.acknowledge([1], { kind: 'delete' });
      expect((await problemOf(moving)).code).toBe('disconnected');
      mailbox.onClose(() => (told += 1));
      expect(told).toBe(2);
    });

    it('refuses a wrong password', async () => {
      const problem = await problemOf(workbench.open({ ...address, password: 'wrong-secret' }));
      expect(problem.code).toBe('password');
      expect(JSON.stringify([problem, problem.message, problem.cause])).not.toContain(
        'wrong-secret',
      );
    });

    async function unflagged(flag: string): Promise<number[]> {
      const messages = await server.list(folder);
      return messages.filter(({ flags }) => !flags.includes(flag)).map(({ uid }) => uid);
    }
  });
}
