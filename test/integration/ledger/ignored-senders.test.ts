import { afterAll, beforeAll, expect, test } from 'vitest';
import { ignoreSender, stopIgnoringSender } from '../../../src/ledger/ignored-senders.ts';
import { addUserAddress } from '../../../src/users/add-user-address.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail } from '../../unit/archiving/samples.ts';

let database: TestDatabase;
let bench: FilingBench;
let admin: number;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  admin = await bench.user('admin@firm.example', 'super-administrators');
});
afterAll(() => database.drop());

async function store(from: string): Promise<number> {
  count += 1;
  return await bench.storeMail(mail({ from: [from], subject: `Mail ${count}` }));
}

async function file(from: string) {
  const id = await store(from);
  await bench.file(id);
  return await bench.row(id);
}

const ignore = async (address: string) => {
  await bench.db.transaction((trx) => ignoreSender(trx, address, admin));
};
const noticesAbout = async (subject: string) => await bench.db('notices').where({ subject });
const bouncesTo = async (recipient: string) =>
  await bench.db('outgoing_messages').where({ recipient });

test('an ignored sender is neither answered nor announced, and the log says why', async () => {
  await ignore('spam@x.example');
  expect(await file('spam@x.example')).toMatchObject({
    outcome: 'ignored',
    reason: 'never-archive-rule',
    from_address: 'spam@x.example',
    trace: { line: 'no owner, ignored sender' },
  });
  expect(await noticesAbout('spam@x.example')).toEqual([]);
  expect(await bouncesTo('spam@x.example')).toEqual([]);
});

test('what was said about the sender before goes; nothing else does', async () => {
  await file('loud@x.example');
  await file('other@x.example');
  expect(await noticesAbout('loud@x.example')).not.toEqual([]);
  await ignore('loud@x.example');
  await ignore('loud@x.example');
  expect(await noticesAbout('loud@x.example')).toEqual([]);
  expect(await noticesAbout('other@x.example')).not.toEqual([]);
});

test('once the sender is no longer ignored, mail is rejected as before', async () => {
  await ignore('back@x.example');
  const stopped = await bench.db.transaction((trx) => stopIgnoringSender(trx, 'back@x.example'));
  expect(stopped).toBe(true);
  expect(await file('back@x.example')).toMatchObject({ outcome: 'rejected' });
  expect(await bouncesTo('back@x.example')).toHaveLength(1);
});

test('mail of a user is filed, whether the address was ignored or not', async () => {
  await ignore('olga@home.example');
  const olga = await bench.user('olga@firm.example');
  await bench.db.transaction((trx) => addUserAddress(trx, olga, 'olga@home.example'));
  expect(await file('olga@home.example')).toMatchObject({ outcome: 'unmatched', owner_id: olga });
});

test('mail that is being filed while the sender becomes ignored leaves no notice behind', async () => {
  const id = await store('racing@x.example');
  const obstacle = await holdTransaction(bench.db, (trx) =>
    trx('notices').insert({
      user_id: admin,
      kind: 'owner-does-not-exist',
      subject: 'racing@x.example',
    }),
  );
  const filing = bench.file(id);
  await untilWaiting(bench.db, 1);
  const ignoring = ignore('racing@x.example');
  await untilWaiting(bench.db, 2);
  await obstacle.rollback();
  await Promise.all([filing, ignoring]);
  expect(await bench.row(id)).toMatchObject({ outcome: 'rejected' });
  expect(await noticesAbout('racing@x.example')).toEqual([]);
});
