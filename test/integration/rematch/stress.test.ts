import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase } from '../../../src/db/connect.ts';
import { continueRematch } from '../../../src/emails/rematch.ts';
import { findUnfiled } from '../../../src/ledger/claim-messages.ts';
import { addUserAddress } from '../../../src/users/add-user-address.ts';
import { createFilingBench, textWith, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { createRandom, type Random } from '../../support/scenario/random.ts';
import { block, mail } from '../../unit/archiving/samples.ts';

const SEED = Date.now() % 100_000;
const MESSAGES = 240;
const BATCH = 6;
const CLIENTS = Array.from({ length: 8 }, (_, n) => `client${n}@client.example`);
const OWNERS = Array.from({ length: 4 }, (_, n) => `owner${n}@firm.example`);
/** Strangers at first; they become users' addresses while the mail is filed. */
const LATE = Array.from({ length: 4 }, (_, n) => `late${n}@home.example`);

let database: TestDatabase;
let db: Knex;
let bench: FilingBench;

beforeAll(async () => {
  database = await createTestDatabase();
  const { connectionString } = database;
  db = connectDatabase({ connectionString, applicationName: 'stress', poolSize: 16 });
  bench = await createFilingBench(db);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

async function storeAny(random: Random, n: number): Promise<number> {
  const from = [random.pick([...OWNERS, ...OWNERS, ...LATE])];
  const sketch = { from, subject: `Mail ${n}` };
  switch (random.between(0, 4)) {
    case 0: {
      const [one = '', two = ''] = shuffle(random, CLIENTS);
      const found = block({ from: { address: one, name: '' }, cc: [{ address: two, name: '' }] });
      const text = textWith({ kind: 'found', block: found });
      return await bench.storeMail(mail({ ...sketch, to: ['archive@crm.example'], text }));
    }
    case 1:
      return await bench.storeMail(mail({ ...sketch, fromLines: 2 }));
    case 2:
      return await bench.store({ kind: 'killed', why: 'time' }, { failures: 2 });
    default: {
      const [one = '', two = ''] = shuffle(random, CLIENTS);
      return await bench.storeMail(mail({ ...sketch, to: [one], cc: [two] }));
    }
  }
}

function shuffle<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Does all of them, that many at a time, in an order of chance. */
async function crowd(tasks: readonly (() => Promise<unknown>)[], atOnce: number): Promise<void> {
  const queue = [...tasks];
  const work = async () => {
    for (let task = queue.pop(); task; task = queue.pop()) await task();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const WAITING_BUT_KNOWN = `
  select e.id from emails e where e.state = 'unmatched' and exists (
    select from email_participants p join person_addresses a on a.address = p.address
     where p.email_id = e.id and p.deciding and p.kind = 'correspondent')`;
const LINK_MISSING = `
  select e.id, a.person_id from emails e
    join email_participants p on p.email_id = e.id and p.kind = 'correspondent' and p.role <> 'reply-to'
    join person_addresses a on a.address = p.address
   where e.state = 'archived' and not exists (
     select from email_people l where l.email_id = e.id and l.person_id = a.person_id)`;
const REJECTED_BUT_KNOWN = `
  select m.id from inbound_messages m join user_addresses a on a.address = m.from_address
   where m.outcome = 'rejected'`;
const TOLD_TWICE = `
  select recipient from outgoing_messages where state = 'pending' group by 1 having count(*) > 1`;

test(`filing and gaining in a crowd lose nothing and never deadlock (seed ${SEED})`, async () => {
  const random = createRandom(SEED);
  const owners: number[] = [];
  for (const [n, address] of OWNERS.entries()) {
    owners.push(
      await bench.user(address, ...(n % 2 === 0 ? ['super-administrators' as const] : [])),
    );
  }
  const ids: number[] = [];
  for (let n = 0; n < MESSAGES; n += 1) ids.push(await storeAny(random, n));

  const filings = Array.from({ length: (2 * MESSAGES) / BATCH }, () => async () => {
    await bench.file(...shuffle(random, ids).slice(0, BATCH));
  });
  const people = [...CLIENTS, ...CLIENTS].map((address) => () => bench.person(address));
  const users = LATE.map((address, n) => async () => {
    await db.transaction((trx) => addUserAddress(trx, owners[n % owners.length] ?? 0, address));
  });
  await crowd(shuffle(random, [...filings, ...people, ...users]), 12);

  for (let left = ids; left.length > 0; left = (await findUnfiled(db, 100)).map(({ id }) => id))
    await bench.file(...left);
  while (await continueRematch(db));
  for (const sql of [WAITING_BUT_KNOWN, LINK_MISSING, REJECTED_BUT_KNOWN, TOLD_TWICE]) {
    const { rows } = await db.raw<{ rows: unknown[] }>(sql);
    expect(rows, sql).toEqual([]);
  }
  expect(await db('inbound_messages').whereNull('outcome')).toEqual([]);
});
