import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { continueRematch } from '../../../src/emails/rematch.ts';
import { addPersonAddress } from '../../../src/people/add-person-address.ts';
import { insertPerson } from '../../../src/people/people-store.ts';
import { holdAddresses } from '../../../src/db/advisory-locks.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail } from '../../unit/archiving/samples.ts';
import { emailOf, linksOf } from './rematch-tools.ts';

let database: TestDatabase;
let bench: FilingBench;
let count = 0;
let dana: number;
let danaAddress: string;
let jane: string;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
});
afterAll(() => database.drop());

beforeEach(async () => {
  count += 1;
  jane = `jane${count}@client.example`;
  danaAddress = `dana${count}@firm.example`;
  dana = await bench.user(danaAddress);
});

const someone = { kind: 'contact', firstName: 'Jane', lastName: '', accountId: null } as const;

test('filing first: whoever gains the address waits for it, then links the waiting mail', async () => {
  const id = await bench.storeMail(mail({ from: [danaAddress], to: [jane] }));
  // The notice it wants to raise is being raised by another: filing has read what matches, and waits.
  const obstacle = await holdTransaction(bench.db, (trx) =>
    trx('notices').insert({ user_id: dana, kind: 'unmatched', subject: '' }),
  );
  const filing = bench.file(id);
  await untilWaiting(bench.db, 1);
  const gaining = bench.person(jane);
  await untilWaiting(bench.db, 2);
  await obstacle.rollback();
  await filing;
  const personId = await gaining;
  expect(await bench.row(id)).toMatchObject({ outcome: 'unmatched', reason: 'no-match' });
  expect(await emailOf(bench.db, id)).toMatchObject({ state: 'archived' });
  expect(await linksOf(bench.db, id)).toEqual([{ person_id: personId, linked_by: 'rematch' }]);
});

test('gaining first: filing waits for it, then archives', async () => {
  const id = await bench.storeMail(mail({ from: [danaAddress], to: [jane] }));
  let personId = 0;
  const gaining = await holdTransaction(bench.db, async (trx) => {
    personId = await insertPerson(trx, someone);
    expect(await addPersonAddress(trx, personId, jane)).toBe(0);
  });
  const filing = bench.file(id);
  await untilWaiting(bench.db, 1);
  await gaining.commit();
  await filing;
  expect(await bench.row(id)).toMatchObject({ outcome: 'archived', people_addresses: [jane] });
  expect(await linksOf(bench.db, id)).toEqual([{ person_id: personId, linked_by: 'filing' }]);
});

test('gaining first, but taken back: filing sees nothing of it', async () => {
  const id = await bench.storeMail(mail({ from: [danaAddress], to: [jane] }));
  const gaining = await holdTransaction(bench.db, async (trx) => {
    await addPersonAddress(trx, await insertPerson(trx, someone), jane);
  });
  const filing = bench.file(id);
  await untilWaiting(bench.db, 1);
  await gaining.rollback();
  await filing;
  expect(await bench.row(id)).toMatchObject({ outcome: 'unmatched' });
});

test('what is linked later waits for a filing of that address, too', async () => {
  const personId = await bench.person(jane);
  await bench
    .db('pending_rematches')
    .insert({ person_id: personId, address: jane, after_email_id: 0 });
  const filing = await holdTransaction(bench.db, (trx) => holdAddresses(trx, [jane]));
  const rematching = continueRematch(bench.db);
  await untilWaiting(bench.db, 1);
  await filing.rollback();
  expect(await rematching).toBe(true);
});

test('filings that share an address do not wait for each other', async () => {
  const first = await bench.storeMail(mail({ from: [danaAddress], to: [jane], subject: 'One' }));
  const second = await bench.storeMail(mail({ from: [danaAddress], to: [jane], subject: 'Two' }));
  await bench.person(jane);
  const holding = await holdTransaction(bench.db, async (trx) => {
    await holdAddresses(trx, [danaAddress, jane]);
  });
  await bench.file(first, second);
  await holding.rollback();
  expect(await bench.row(first)).toMatchObject({ outcome: 'archived' });
  expect(await bench.row(second)).toMatchObject({ outcome: 'archived' });
});
