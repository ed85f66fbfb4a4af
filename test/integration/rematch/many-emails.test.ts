import { afterAll, beforeAll, expect, test } from 'vitest';
import { continueRematch } from '../../../src/emails/rematch.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { insertWaiting } from '../../support/waiting-emails.ts';

const JANE = 'jane@client.example';
const JOE = 'joe@client.example';
const EMAILS = 1200;

let database: TestDatabase;
let bench: FilingBench;
let owner: number;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  owner = await bench.user('dana@firm.example');
  await insertWaiting(bench, { owner, address: JANE, emails: EMAILS });
  await insertWaiting(bench, { owner, address: JOE, emails: EMAILS });
});
afterAll(() => database.drop());

async function linked(personId: number): Promise<number> {
  const { rows } = await bench.db.raw<{ rows: { count: number }[] }>(
    `select count(*) from email_people l join emails e on e.id = l.email_id
      where l.person_id = ? and e.state = 'archived'`,
    [personId],
  );
  return rows[0]?.count ?? 0;
}

test('more mail than one transaction should hold is linked in batches, each email once', async () => {
  const janes = await bench.person(JANE);
  expect(await linked(janes)).toBe(500);
  let rounds = 0;
  while (await continueRematch(bench.db)) rounds += 1;
  expect(rounds).toBe(2);
  expect(await linked(janes)).toBe(EMAILS);
  expect(await bench.db('pending_rematches')).toEqual([]);
});

test('workers share the pending ones, and records that share the address are all linked', async () => {
  const one = await bench.person(JOE);
  const two = await bench.person(JOE, 'lead');
  const workOff = async () => {
    while (await continueRematch(bench.db));
  };
  await Promise.all([workOff(), workOff(), workOff()]);
  // One that found the row locked has gone home early: what is left is for the next sweep.
  await workOff();
  expect([await linked(one), await linked(two)]).toEqual([EMAILS, EMAILS]);
  expect(await bench.db('pending_rematches')).toEqual([]);
});

test('a record that is deleted meanwhile gains nothing more, and the rest still waits', async () => {
  const address = 'joan@client.example';
  await insertWaiting(bench, { owner, address, emails: EMAILS });
  const gone = await bench.person(address);
  await bench.db('people').where({ id: gone }).update({ deleted_at: new Date() });
  while (await continueRematch(bench.db));
  expect(await linked(gone)).toBe(500);
  expect(await bench.db('pending_rematches')).toEqual([]);
  const waiting = await bench.db('emails').where({ state: 'unmatched' }).count('id as count');
  expect(waiting).toEqual([{ count: EMAILS - 500 }]);
});
