import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InboundMessageRow } from '../../../src/db/rows.ts';
import { readPollProgress } from '../../../src/ledger/poll-progress.ts';
import { watchWaiting } from '../../../src/ledger/watch-waiting.ts';
import { insertMailbox } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { watchStatements } from '../../support/watch-statements.ts';

const DECIDED = { state: 'decided', outcome: 'ignored', reason: 'automatic' } as const;
const DONE = { ...DECIDED, state: 'acknowledged', acknowledged_at: new Date() } as const;

let database: TestDatabase;
let folder: { mailboxId: number; uidValidity: number };

beforeAll(async () => {
  database = await createTestDatabase();
  const mailboxId = await insertMailbox(database.db, { uidvalidity: 1 });
  folder = { mailboxId, uidValidity: 1 };
});
afterAll(() => database.drop());
beforeEach(() => database.db('inbound_messages').delete());

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

async function insert(uids: readonly number[], columns: Partial<InboundMessageRow>) {
  const key = { mailbox_id: folder.mailboxId, uidvalidity: 1, epoch: 0, size: 1 };
  const rows = uids.map((uid) => ({ ...key, uid, state: 'failed' as const, ...columns }));
  await database.db('inbound_messages').insert(rows);
}
const change = async (uids: readonly number[], columns: Partial<InboundMessageRow>) => {
  await database.db('inbound_messages').whereIn('uid', uids).update(columns);
};

test('counts down while messages are filed, and asks about a few at a time', async () => {
  const uids = numbers(1, 1000);
  const look = watchWaiting(database.db, folder, uids);
  expect(await look()).toBe(1000);
  await insert(numbers(1, 250), DONE);
  const seen: number[] = [];
  const statements = await watchStatements(database.db, async () => {
    seen.push(await look());
  });
  expect(seen).toEqual([750]);
  expect(statements.longestList).toBeLessThanOrEqual(100);
  await insert(numbers(251, 1000), DONE);
  expect(await look()).toBe(0);
});

test('one that is set aside holds up nothing but the end', async () => {
  const look = watchWaiting(database.db, folder, numbers(1, 300));
  await insert([5], {});
  await insert(numbers(6, 300), DONE);
  await insert(numbers(1, 4), { state: 'gone' });
  const looks = [await look(), await look(), await look(), await look()];
  expect(looks.at(0)).toBeGreaterThan(200);
  expect(looks.at(-1)).toBe(1);
  await change([5], DECIDED);
  expect(await look()).toBe(1);
  await change([5], DONE);
  expect(await look()).toBe(0);
});

test('what waits again after all were done is seen', async () => {
  await insert(numbers(1, 3), DONE);
  const look = watchWaiting(database.db, folder, numbers(1, 3));
  expect(await look()).toBe(0);
  await change([2], { state: 'failed', outcome: null, reason: null, acknowledged_at: null });
  expect(await look()).toBe(1);
});

test('an empty folder has nothing that waits', async () => {
  expect(await watchWaiting(database.db, folder, [])()).toBe(0);
  const none = { done: new Map(), waiting: 0 };
  expect(await readPollProgress(database.db, folder, [])).toEqual(none);
});

test('in a folder that was numbered anew an outcome is enough', async () => {
  const old = { mailboxId: folder.mailboxId, uidValidity: 7 };
  await insert([1], { ...DECIDED, uidvalidity: 7 });
  await insert([2], { uidvalidity: 7 });
  expect(await watchWaiting(database.db, old, [1, 2, 3])()).toBe(1);
  const progress = { done: new Map([['ignored', 1]]), waiting: 1 };
  expect(await readPollProgress(database.db, old, [1, 2, 3])).toEqual(progress);
});
