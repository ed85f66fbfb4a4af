import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importPeople } from '../../../src/people/import-people.ts';
import { importUsers } from '../../../src/users/import-users.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail } from '../../unit/archiving/samples.ts';
import { claimAddresses } from '../../../src/db/advisory-locks.ts';

const DANA = 'dana@firm.example';

let database: TestDatabase;
let bench: FilingBench;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  await bench.user(DANA);
});
afterAll(() => database.drop());
beforeEach(() => {
  count += 1;
});

/** Rows of an import file, from its second line on. */
function rows(...people: readonly (readonly [email: string, name?: string, account?: string])[]) {
  return people.map(([email, lastName = 'Doe', account = ''], index) => ({
    line: index + 2,
    values: { type: 'contact', firstName: 'Jane', lastName, email, account },
  }));
}

const address = (n = 0) => `jane${count}-${n}@client.example`;
const many = (howMany: number) =>
  rows(
    ...Array.from({ length: howMany }, (_, n) => [address(n), 'Doe', `Account ${n % 7}`] as const),
  );
const madeOf = async (like: string) =>
  await bench.db('person_addresses').where('address', 'like', like).pluck('address');

test('mail that waits is linked to whoever is imported, among many others', async () => {
  const waiting = await bench.storeMail(mail({ from: [DANA], to: [address(150)] }));
  await bench.file(waiting);
  const report = await importPeople(bench.db, many(300));
  expect(report).toEqual({ created: 300, known: 0, problems: [] });
  const [email] = await bench.db('emails').where({ inbound_message_id: waiting });
  expect(email?.state).toBe('archived');
});

test('mail that is filed meanwhile waits for the import, and is archived', async () => {
  const id = await bench.storeMail(mail({ from: [DANA], to: [address(1)] }));
  const obstacle = await holdTransaction(bench.db, (trx) => claimAddresses(trx, [address(0)]));
  const importing = importPeople(bench.db, many(2));
  await untilWaiting(bench.db, 1);
  const filing = bench.file(id);
  await obstacle.rollback();
  await Promise.all([importing, filing]);
  const [email] = await bench.db('emails').where({ inbound_message_id: id });
  expect(email?.state).toBe('archived');
});

test('a row that is there twice, or is there already, makes one record', async () => {
  const twice = [address(0), 'Doe'] as const;
  const first = await importPeople(bench.db, rows(twice, twice, [address(0), 'Roe']));
  expect(first).toEqual({ created: 2, known: 1, problems: [] });
  const again = await importPeople(bench.db, rows(twice, [address(0), 'Poe']));
  expect(again).toEqual({ created: 1, known: 1, problems: [] });
});

test('each record has its address as its primary one, and the account of its row', async () => {
  await importPeople(bench.db, rows([address(0), 'Doe', 'Client Inc'], [address(1), 'Roe', '']));
  const made = await bench
    .db('person_addresses as a')
    .join('people as p', 'p.id', 'a.person_id')
    .leftJoin('accounts as c', 'c.id', 'p.account_id')
    .where('a.address', 'like', `jane${count}-%`)
    .orderBy('a.address')
    .select('p.last_name', 'a.is_primary', 'c.name');
  expect(made).toEqual([
    { last_name: 'Doe', is_primary: true, name: 'Client Inc' },
    { last_name: 'Roe', is_primary: true, name: null },
  ]);
});

test('imports of one file at the same moment make nobody twice, and do not deadlock', async () => {
  const file = many(250);
  const reports = await Promise.all([
    importPeople(bench.db, file),
    importPeople(bench.db, file.toReversed()),
    importPeople(bench.db, file),
  ]);
  expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(250);
  expect((await madeOf(`jane${count}-%`)).length).toBe(250);
});

test('users who are imported at the same moment are made once', async () => {
  const file = Array.from({ length: 20 }, (_, n) => ({
    line: n + 1,
    values: { name: 'Jane', email: address(n), group: '' },
  }));
  const reports = await Promise.all([importUsers(bench.db, file), importUsers(bench.db, file)]);
  expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(20);
  expect(reports.reduce((sum, { known }) => sum + known, 0)).toBe(20);
});
