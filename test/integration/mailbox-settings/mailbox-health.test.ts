import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  recordPollProblem,
  recordPollSuccess,
} from '../../../src/mailbox-settings/mailbox-health.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let bench: FilingBench;
let admins: number[];

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  await bench.user('dana@firm.example');
  admins = [
    await bench.user('olga@firm.example', 'administrators'),
    await bench.user('root@firm.example', 'super-administrators', 'administrators'),
  ];
});
afterAll(() => database.drop());
beforeEach(() => recordPollSuccess(bench.db, bench.mailboxId));

const passing = { sentence: 'The connection was cut.', lasting: false };
const lasting = { sentence: 'The password is wrong.', lasting: true };
const fail = (problem = passing) => recordPollProblem(bench.db, bench.mailboxId, problem);
const mailbox = async () => await bench.db('mailboxes').where({ id: bench.mailboxId }).first();
const told = async () =>
  await bench.db('notices').where({ kind: 'mailbox-problem' }).orderBy('user_id').pluck('user_id');

test('a hiccup is noted and told nobody; the third in a row is told all administrators', async () => {
  expect([await fail(), await fail()]).toEqual([1, 2]);
  expect(await told()).toEqual([]);
  expect(await mailbox()).toMatchObject({ problem: passing.sentence, failures: 2 });
  expect(await fail()).toBe(4);
  expect(await told()).toEqual(admins);
});

test('what only a person can mend is told at once, also after hiccups', async () => {
  await fail(lasting);
  expect(await told()).toEqual(admins);
  await recordPollSuccess(bench.db, bench.mailboxId);
  expect(await told()).toEqual([]);
  await fail();
  await fail(lasting);
  expect(await told()).toEqual(admins);
});

test('one trouble is one notice: once read, it stays read however long it lasts', async () => {
  await fail(lasting);
  await bench.db('notices').update({ read_at: new Date() });
  for (let n = 0; n < 5; n += 1) await fail(lasting);
  const unread = await bench.db('notices').whereNull('read_at');
  expect(unread).toEqual([]);
  expect(await told()).toEqual(admins);
});

test('the time of the first failure stays, waits grow, and success clears all', async () => {
  await fail();
  const since = (await mailbox())?.problem_since;
  for (let n = 0; n < 11; n += 1) await fail();
  expect(await fail()).toBe(300);
  expect((await mailbox())?.problem_since).toEqual(since);
  await recordPollSuccess(bench.db, bench.mailboxId);
  expect(await mailbox()).toMatchObject({ problem: null, problem_since: null, failures: 0 });
  expect((await mailbox())?.next_try_at).toBeNull();
});
