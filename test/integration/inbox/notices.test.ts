import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NoticeKind, NoticeRow } from '../../../src/db/rows.ts';
import { listNotices } from '../../../src/inbox/notice-list-store.ts';
import { deleteNotices, raiseNotices } from '../../../src/inbox/notice-store.ts';
import { pruneNotices } from '../../../src/inbox/prune-notices.ts';
import type { Viewer } from '../../../src/shared/viewer.ts';
import { findViewer } from '../../../src/users/viewer-store.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail } from '../../unit/archiving/samples.ts';

const DANA = 'dana@firm.example';
const STRANGER = 'stranger@x.example';

let database: TestDatabase;
let bench: FilingBench;
let admin: number;
let other: number;
let dana: number;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  admin = await bench.user('admin@firm.example', 'super-administrators');
  other = await bench.user('olga@firm.example', 'administrators');
  dana = await bench.user(DANA);
  const left = await bench.user('left@firm.example', 'super-administrators');
  await bench.db('users').where({ id: left }).update({ disabled_at: new Date() });
});
afterAll(() => database.drop());
beforeEach(() => bench.db('notices').delete());

async function file(from: string, to = 'nobody@client.example'): Promise<void> {
  count += 1;
  await bench.file(await bench.storeMail(mail({ from: [from], to: [to], subject: `${count}` })));
}

async function viewerOf(id: number): Promise<Viewer> {
  const found = await findViewer(bench.db, id, null);
  if (!found) throw new Error('There is no such user.');
  return found;
}

const notices = async () =>
  await bench.db('notices').orderBy('user_id').orderBy('kind').select('user_id', 'kind', 'subject');
const only = async (): Promise<NoticeRow> => {
  const [notice, ...more] = await bench.db('notices');
  if (!notice || more.length > 0) throw new Error('There is not exactly one notice.');
  return notice;
};

describe('who is told', () => {
  test('of a mail that waits: its owner', async () => {
    await file(DANA);
    expect(await notices()).toEqual([{ user_id: dana, kind: 'unmatched', subject: '' }]);
  });

  test('of a thousand mails of one stranger: by one notice that counts them', async () => {
    const sender = 'flood@x.example';
    const ids: number[] = [];
    for (let n = 0; n < 1000; n += 1) {
      ids.push(
        await bench.storeMail(mail({ from: [sender], to: ['a@b.example'], subject: `${n}` })),
      );
    }
    for (let at = 0; at < ids.length; at += 50) await bench.file(...ids.slice(at, at + 50));
    expect(await bench.db('outgoing_messages').where({ recipient: sender })).toHaveLength(1);
    const listed = await listNotices(bench.db, await viewerOf(admin), {
      before: null,
      limit: 10,
    });
    expect(listed.filter(({ kind }) => kind === 'owner-does-not-exist')).toMatchObject([
      { subject: sender, count: 1000 },
    ]);
  });

  test('of a stranger: active Super Administrators, by sender', async () => {
    await bench.db('settings').where({ key: 'outgoing-mail' }).delete();
    await file(STRANGER);
    await file('second@x.example');
    expect(await notices()).toEqual([
      { user_id: admin, kind: 'owner-does-not-exist', subject: STRANGER },
      { user_id: admin, kind: 'owner-does-not-exist', subject: 'second@x.example' },
      { user_id: admin, kind: 'sender-not-told', subject: STRANGER },
      { user_id: admin, kind: 'sender-not-told', subject: 'second@x.example' },
    ]);
  });

  test('of a mail that can’t be read: Super Administrators, whatever it is', async () => {
    await bench.file(await bench.storeMail(mail({ fromLines: 2 })));
    await bench.file(await bench.storeMail(mail({ fromLines: 3 })));
    expect(await notices()).toEqual([{ user_id: admin, kind: 'quarantined', subject: '' }]);
  });

  test('of an archived mail: nobody', async () => {
    await bench.person('jane@client.example');
    await file(DANA, 'jane@client.example');
    expect(await notices()).toEqual([]);
  });
});

describe('one notice for many mails', () => {
  test('keeps when it was first, says when it was last, and is unread again', async () => {
    await file(DANA);
    const long = new Date('2026-01-01T00:00:00Z');
    await bench.db('notices').update({ first_at: long, last_at: long, read_at: long });
    await file(DANA);
    const notice = await only();
    expect(notice).toMatchObject({ first_at: long, read_at: null });
    expect(notice.last_at.getTime()).toBeGreaterThan(long.getTime());
  });

  test('is one within a batch, too', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      count += 1;
      ids.push(
        await bench.storeMail(mail({ from: [DANA], to: ['x@y.example'], subject: `${count}` })),
      );
    }
    await bench.file(...ids);
    expect((await only()).user_id).toBe(dana);
  });

  test('is one however many raise it at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => file(DANA)));
    expect((await only()).user_id).toBe(dana);
  });
});

test('taking back takes what it is about from everybody, and nothing else', async () => {
  const raise = (userId: number, kind: NoticeKind, subject: string) => ({ userId, kind, subject });
  await bench.db.transaction(async (trx) => {
    await raiseNotices(trx, [
      raise(admin, 'mailbox-problem', '1'),
      raise(other, 'mailbox-problem', '1'),
      raise(admin, 'mailbox-problem', '2'),
      raise(admin, 'quarantined', '1'),
    ]);
    await deleteNotices(trx, ['mailbox-problem'], '1');
  });
  expect(await notices()).toEqual([
    { user_id: admin, kind: 'mailbox-problem', subject: '2' },
    { user_id: admin, kind: 'quarantined', subject: '1' },
  ]);
  await bench.db.transaction((trx) => deleteNotices(trx, ['mailbox-problem', 'quarantined']));
  expect(await notices()).toEqual([]);
});

test('of very many made-up senders each user keeps the newest', async () => {
  for (let i = 0; i < 5; i += 1) await file(`made-up-${String(i)}@x.example`);
  await file(DANA);
  expect(await pruneNotices(bench.db, 2)).toBeGreaterThan(0);
  const left = await bench.db('notices').orderBy('user_id').orderBy('subject').select();
  const subjects = left.map(
    ({ user_id, kind, subject }) => `${String(user_id)} ${kind} ${subject}`,
  );
  for (const one of ['made-up-3@x.example', 'made-up-4@x.example']) {
    expect(subjects).toContain(`${String(admin)} owner-does-not-exist ${one}`);
  }
  expect(subjects.filter((one) => one.includes('owner-does-not-exist'))).toHaveLength(2);
  expect(subjects).toContain(`${String(dana)} unmatched `);
  expect(await pruneNotices(bench.db, 2)).toBe(0);
});
