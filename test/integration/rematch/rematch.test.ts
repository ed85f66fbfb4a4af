import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addPersonAddress } from '../../../src/people/add-person-address.ts';
import { insertPerson } from '../../../src/people/people-store.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { emailOf, linkedPeople } from './rematch-tools.ts';

let database: TestDatabase;
let bench: FilingBench;
let count = 0;
let dana: string;
let jane: string;
let joe: string;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
});
afterAll(() => database.drop());

beforeEach(async () => {
  count += 1;
  dana = `dana${count}@firm.example`;
  jane = `jane${count}@client.example`;
  joe = `joe${count}@client.example`;
  await bench.user(dana);
});

const someone = { kind: 'contact', firstName: 'Some', lastName: 'One', accountId: null } as const;

/** Files a mail of Dana's in which Jane decides, and Joe is recorded only. */
async function fileForwarded(sketch: Partial<MailSketch> = {}): Promise<number> {
  const attached = mail({ partPath: '2', from: [jane], to: [dana], cc: [joe], ...sketch });
  const id = await bench.storeMail(mail({ from: [dana], forwarded: [attached] }));
  await bench.file(id);
  return id;
}

async function state(id: number): Promise<string> {
  return (await emailOf(bench.db, id)).state;
}

test('a deciding address archives the waiting mail, with the records of all on it', async () => {
  const id = await fileForwarded();
  const joes = await bench.person(joe);
  expect([await state(id), await linkedPeople(bench.db, id)]).toEqual(['unmatched', []]);
  const janes = await bench.person(jane);
  expect([await state(id), await linkedPeople(bench.db, id)]).toEqual(['archived', [joes, janes]]);
});

test('archived mail is linked to whoever gains any address on it', async () => {
  const janes = await bench.person(jane);
  const id = await fileForwarded();
  const joes = await bench.person(joe, 'lead');
  expect(await linkedPeople(bench.db, id)).toEqual([janes, joes]);
});

describe('two records gain two addresses of one email at once', () => {
  const ORDERS = [
    { name: 'the deciding one first', deciding: 'first' },
    { name: 'the other one first', deciding: 'second' },
  ] as const;

  test.each(ORDERS)('$name: both are linked', async ({ deciding }) => {
    const id = await fileForwarded();
    const [early, late] = deciding === 'first' ? [jane, joe] : [joe, jane];
    let first = 0;
    const held = await holdTransaction(bench.db, async (trx) => {
      first = await insertPerson(trx, someone);
      await addPersonAddress(trx, first, early);
    });
    const gaining = bench.person(late);
    await untilWaiting(bench.db);
    await held.commit();
    const second = await gaining;
    expect(await state(id)).toBe('archived');
    expect(await linkedPeople(bench.db, id)).toEqual([first, second]);
  });
});

test('discarded mail is never linked', async () => {
  const id = await fileForwarded();
  await bench
    .db('emails')
    .where({ inbound_message_id: id })
    .update({ state: 'discarded', discarded_at: new Date() });
  await bench.person(jane);
  await bench.person(joe);
  expect([await state(id), await linkedPeople(bench.db, id)]).toEqual(['discarded', []]);
});

test('a deleted record is not linked, and archives nothing', async () => {
  const id = await fileForwarded();
  const gone = await bench.db.transaction((trx) => insertPerson(trx, someone));
  await bench.db('people').where({ id: gone }).update({ deleted_at: new Date() });
  await bench.db.transaction((trx) => addPersonAddress(trx, gone, jane));
  expect([await state(id), await linkedPeople(bench.db, id)]).toEqual(['unmatched', []]);
  const joes = await bench.person(joe);
  const janes = await bench.person(jane);
  expect(await linkedPeople(bench.db, id)).toEqual([joes, janes]);
});

test('an address in Reply-To alone was not on the mail: filing and rematching agree', async () => {
  const answers = `answers${count}@client.example`;
  const earlier = await bench.person(answers);
  const janes = await bench.person(jane);
  const filed = await fileForwarded({ replyTo: [answers] });
  const later = await bench.person(answers);
  expect(await linkedPeople(bench.db, filed)).toEqual([janes]);
  expect(await linkedPeople(bench.db, filed)).not.toContain(earlier);
  expect(await linkedPeople(bench.db, filed)).not.toContain(later);
});

test('an email that becomes archived is not linked to who has its Reply-To', async () => {
  const answers = `answers${count}@client.example`;
  await bench.person(answers);
  const id = await fileForwarded({ replyTo: [answers] });
  const janes = await bench.person(jane);
  expect(await linkedPeople(bench.db, id)).toEqual([janes]);
});

test('a record that gains a second address of an email is linked to it once', async () => {
  const id = await fileForwarded();
  const janes = await bench.person(jane);
  await bench.db.transaction((trx) => addPersonAddress(trx, janes, joe));
  expect(await linkedPeople(bench.db, id)).toEqual([janes]);
  const links = await bench.db('email_people').where({ person_id: janes });
  expect(links.map((link) => link.address)).toEqual([jane]);
});

test('two records may share an address, and one that has it already gains nothing', async () => {
  const id = await fileForwarded();
  const one = await bench.person(jane);
  const two = await bench.person(jane, 'lead');
  expect(await linkedPeople(bench.db, id)).toEqual([one, two]);
  await bench.db('email_people').where({ person_id: one }).delete();
  expect(await bench.db.transaction((trx) => addPersonAddress(trx, one, jane))).toBe(0);
});
