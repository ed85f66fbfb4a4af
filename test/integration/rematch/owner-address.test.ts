import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addUserAddress } from '../../../src/users/add-user-address.ts';
import { createFilingBench, textWith, type FilingBench } from '../../support/filing-bench.ts';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { found, mail } from '../../unit/archiving/samples.ts';
import { linkedPeople } from './rematch-tools.ts';

const OLD = { internal_date: new Date(0) };

let database: TestDatabase;
let bench: FilingBench;
let count = 0;
let admin: number;
let dana: number;
let other: string;
let jane: string;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  admin = await bench.user('admin@firm.example', 'super-administrators');
});
afterAll(() => database.drop());

beforeEach(async () => {
  count += 1;
  other = `dana${count}@home.example`;
  jane = `jane${count}@client.example`;
  dana = await bench.user(`dana${count}@firm.example`);
});

async function addAddress(): Promise<number> {
  const result = await bench.db.transaction((trx) => addUserAddress(trx, dana, other));
  if (result.kind !== 'added') throw new Error('It is taken.');
  return result.processedAgain;
}

const noticesAbout = async () => await bench.db('notices').where({ subject: other });

test('rejecting first: the address waits, then the mail is filed again and nobody is bounced', async () => {
  const id = await bench.storeMail(mail({ from: [other], to: [jane] }));
  const personId = await bench.person(jane);
  // Filing has decided to reject, and waits to raise a notice that another is just raising.
  const obstacle = await holdTransaction(bench.db, (trx) =>
    trx('notices').insert({ user_id: admin, kind: 'owner-does-not-exist', subject: other }),
  );
  const filing = bench.file(id);
  await untilWaiting(bench.db, 1);
  const adding = addAddress();
  await untilWaiting(bench.db, 2);
  await obstacle.rollback();
  expect(await filing).toBe(1);
  expect(await adding).toBe(1);

  expect(await bench.row(id)).toMatchObject({ state: 'stored', outcome: null });
  expect(await bench.db('outgoing_messages').where({ inbound_message_id: id })).toMatchObject([
    { state: 'expired', response: 'The sender is a user now.' },
  ]);
  expect(await noticesAbout()).toEqual([]);
  await bench.file(id);
  expect(await bench.row(id)).toMatchObject({ outcome: 'archived', owner_id: dana });
  expect(await linkedPeople(bench.db, id)).toEqual([personId]);
});

test('the address first: the mail waits for it and is never rejected', async () => {
  const id = await bench.storeMail(mail({ from: [other], to: [jane] }));
  const held = await holdTransaction(bench.db, (trx) => addUserAddress(trx, dana, other));
  const filing = bench.file(id);
  await untilWaiting(bench.db);
  await held.commit();
  expect(await filing).toBe(0);
  expect(await bench.row(id)).toMatchObject({ outcome: 'unmatched', owner_id: dana });
  expect(await noticesAbout()).toEqual([]);
});

test('the address first, while a forward is filed: its text is searched as any user’s', async () => {
  const personId = await bench.person('jane@client.example');
  const text = textWith(found());
  const id = await bench.storeMail(mail({ from: [other], to: ['archive@crm.example'], text }));
  const held = await holdTransaction(bench.db, (trx) => addUserAddress(trx, dana, other));
  const filing = bench.file(id);
  await untilWaiting(bench.db);
  await held.commit();
  await filing;
  expect(await bench.row(id)).toMatchObject({ outcome: 'archived', capture: 'forwarded' });
  expect(await linkedPeople(bench.db, id)).toEqual([personId]);
});

test('what was acknowledged stays so, and the trace keeps what was decided before', async () => {
  const id = await bench.storeMail(mail({ from: [other], to: [jane] }));
  await bench.file(id);
  const acknowledgedAt = new Date('2026-01-01T00:00:00Z');
  const done = { state: 'acknowledged', acknowledged_at: acknowledgedAt } as const;
  await bench
    .db('inbound_messages')
    .where({ id })
    .update({ ...done, acknowledgement: 'moved' });
  expect(await addAddress()).toBe(1);
  await bench.file(id);
  const row = await bench.row(id);
  expect(row).toMatchObject({ ...done, acknowledgement: 'moved', outcome: 'unmatched' });
  expect(row.trace).toMatchObject({
    outcome: 'unmatched',
    before: { outcome: 'rejected', reason: 'owner-does-not-exist' },
  });
});

test('a bounce that has left, or is leaving, is not called off', async () => {
  const sent = await bench.storeMail(mail({ from: [other], to: [jane] }));
  await bench.file(sent);
  const bounce = bench.db('outgoing_messages').where({ inbound_message_id: sent });
  await bounce.clone().update({ state: 'sending', sending_since: new Date() });
  await addAddress();
  expect(await bounce.clone().first('state')).toEqual({ state: 'sending' });
});

test('mail of others stays rejected, and so does what nobody may answer', async () => {
  const stranger = `stranger${count}@elsewhere.example`;
  const others = await bench.storeMail(mail({ from: [stranger], to: [jane] }));
  const old = await bench.storeMail(mail({ from: [other], to: [jane] }), OLD);
  await bench.file(others, old);
  expect(await bench.db('outgoing_messages').where({ inbound_message_id: old })).toEqual([]);
  expect(await addAddress()).toBe(1);
  expect(await bench.row(others)).toMatchObject({ outcome: 'rejected' });
  expect(await bench.row(old)).toMatchObject({ state: 'stored' });
});
