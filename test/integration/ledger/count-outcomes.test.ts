import { afterAll, beforeAll, expect, test } from 'vitest';
import { countOutcomes, sumUpCounts } from '../../../src/ledger/count-outcomes.ts';
import { insertGone } from '../../../src/ledger/store-messages.ts';
import { addUserAddress } from '../../../src/users/add-user-address.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail } from '../../unit/archiving/samples.ts';

const DANA = 'dana@firm.example';
const HOME = 'dana@home.example';
const JANE = 'jane@client.example';
const NONE = { archived: 0, unmatched: 0, rejected: 0, ignored: 0, quarantined: 0 };

let database: TestDatabase;
let bench: FilingBench;
let dana: number;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  dana = await bench.user(DANA);
  await bench.person(JANE);
});
afterAll(() => database.drop());

/** Counted the long way. */
async function counted() {
  const { rows } = await bench.db.raw<{ rows: { outcome: string | null; count: number }[] }>(
    `select outcome, count(*) from inbound_messages where state <> 'gone' group by 1`,
  );
  const counts = Object.fromEntries(rows.map(({ outcome, count }) => [outcome ?? '', count]));
  const { '': waiting = 0, ...outcomes } = counts;
  return { outcomes: { ...NONE, ...outcomes }, waiting };
}

const changes = async () =>
  (await bench.db.raw<{ rows: unknown[] }>('select outcome from message_counts')).rows;

test('an empty ledger counts nothing', async () => {
  expect(await countOutcomes(bench.db)).toEqual({ outcomes: NONE, waiting: 0 });
});

test('counts follow a message from its storing to its last outcome', async () => {
  const archived = await bench.storeMail(mail({ from: [DANA], to: [JANE] }));
  const rejected = await bench.storeMail(mail({ from: [HOME], to: [JANE] }));
  const killed = await bench.store({ kind: 'killed', why: 'time' });
  expect(await countOutcomes(bench.db)).toEqual({ outcomes: NONE, waiting: 3 });
  await bench.file(archived, rejected, killed);
  const filed = { outcomes: { ...NONE, archived: 1, rejected: 1 }, waiting: 1 };
  expect(await countOutcomes(bench.db)).toEqual(filed);
  await bench.db.transaction((trx) => addUserAddress(trx, dana, HOME));
  const again = { outcomes: { ...NONE, archived: 1 }, waiting: 2 };
  expect(await countOutcomes(bench.db)).toEqual(again);
  await bench.file(rejected);
  expect(await countOutcomes(bench.db)).toEqual({ outcomes: { ...NONE, archived: 2 }, waiting: 1 });
  expect(await countOutcomes(bench.db)).toEqual(await counted());
});

test('what went away before it was read counts nowhere', async () => {
  const before = await countOutcomes(bench.db);
  const folder = { mailboxId: bench.mailboxId, uidValidity: 9, epoch: 0 };
  await bench.db.transaction((trx) => insertGone(trx, folder, [1, 2, 3]));
  expect(await countOutcomes(bench.db)).toEqual(before);
  await bench.db('inbound_messages').where({ state: 'gone' }).delete();
  expect(await countOutcomes(bench.db)).toEqual(before);
});

test('summing up changes no count, also while mail is filed', async () => {
  const ids: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    ids.push(await bench.storeMail(mail({ from: [DANA], to: [JANE], subject: `Mail ${n}` })));
  }
  const summing = async () => {
    for (let n = 0; n < 20; n += 1) await sumUpCounts(bench.db);
  };
  const filing = async () => {
    for (const id of ids) await bench.file(id);
  };
  await Promise.all([summing(), filing(), summing()]);
  expect(await countOutcomes(bench.db)).toEqual(await counted());
  expect((await counted()).outcomes.archived).toBe(62);
});

test('at 200,000 messages counting looks at a handful of rows, and never at the ledger', async () => {
  for (let round = 0; round < 40; round += 1) {
    await bench.db.raw(
      `insert into inbound_messages (mailbox_id, uidvalidity, uid, epoch, state, size, outcome, reason)
       select ?, 5, ? + n, 0, 'decided', 1,
              (array['archived', 'archived', 'archived', 'unmatched', 'ignored'])[1 + n % 5], 'matched'
         from generate_series(1, 5000) n`,
      [bench.mailboxId, round * 5000],
    );
  }
  await sumUpCounts(bench.db);
  expect((await changes()).length).toBeLessThanOrEqual(6);
  await bench.db.transaction(async (trx) => {
    const scans = async () => {
      const { rows } = await trx.raw<{ rows: { scans: number }[] }>(
        `select seq_scan + idx_scan as scans from pg_stat_xact_user_tables
          where relname = 'inbound_messages'`,
      );
      return rows[0]?.scans;
    };
    const before = await scans();
    expect(await countOutcomes(trx)).toEqual(await counted());
    expect(await scans()).toBe(before);
    await trx('inbound_messages').count();
    expect(await scans()).not.toBe(before);
  });
});
