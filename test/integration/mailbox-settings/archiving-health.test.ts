import { afterAll, beforeAll, expect, test } from 'vitest';
import { countByDay, sumUpQuarters } from '../../../src/ledger/count-outcomes.ts';
import { readArchivingHealth } from '../../../src/mailbox-settings/archiving-health.ts';
import { isPollDue } from '../../../src/mailbox-settings/mailbox-store.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail } from '../../unit/archiving/samples.ts';

const QUEUE = { kind: 'bull', note: '', ok: true };
const DANA = 'dana@firm.example';

let database: TestDatabase;
let bench: FilingBench;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  await bench.user(DANA);
  await bench.person('jane@client.example');
});
afterAll(() => database.drop());

const health = () => readArchivingHealth(database.db, 'Asia/Kathmandu', QUEUE);

/** Today's outcomes, counted the long way. */
async function countedToday(zone: string) {
  const { rows } = await database.db.raw<{ rows: { outcome: string; count: number }[] }>(
    `select outcome, count(*)::int as count from inbound_messages where decided_at is not null
        and (decided_at at time zone ?)::date = (now() at time zone ?)::date
        and outcome is not null group by 1`,
    [zone, zone],
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

test('the numbers are those of the ledger', async () => {
  const ids = [
    await bench.storeMail(mail({ from: [DANA], to: ['jane@client.example'] })),
    await bench.storeMail(mail({ from: [DANA], to: ['jane@client.example'] })),
    await bench.storeMail(mail({ from: [DANA], to: ['nobody@client.example'] })),
    await bench.storeMail(mail({ from: ['stranger@elsewhere.example'], to: ['x@y.example'] })),
  ];
  const waiting = await health();
  expect(waiting).toMatchObject({ live: true, backlog: { waiting: 4 }, matchedPercent: null });
  expect(waiting.oldestWaitSeconds).not.toBeNull();
  await bench.file(...ids);
  const now = await health();
  expect(now.today).toMatchObject(await countedToday('Asia/Kathmandu'));
  expect(now.days).toHaveLength(14);
  expect(now).toMatchObject({
    ...{ live: false, oldestWaitSeconds: null, users: 1, outgoingSetUp: false },
    unmatched: { count: 1, more: false },
    rejectedSenders: { count: 1, more: false },
    bounces: { expired: 0 },
  });
  expect(now.days.at(-1)?.messages).toBe(now.today.archived + now.today.unmatched);
  expect(now.matchedPercent).toBe(
    Math.round((now.today.archived / (now.today.archived + now.today.unmatched)) * 100),
  );
});

test('days begin at midnight where the viewer is; summing up changes nothing', async () => {
  const { db } = database;
  const rows = Array.from({ length: 40 }, (_, index) => ({
    quarter: db.raw(`date_bin('15 minutes', now() - make_interval(mins => ?), '2000-01-01Z')`, [
      index * 15,
    ]),
    outcome: 'archived',
    messages: 3,
  }));
  for (let time = 0; time < 15; time += 1) await db('message_quarters').insert(rows);
  const old = { quarter: db.raw(`now() - interval '41 days'`), outcome: 'archived', messages: 1 };
  await db('message_quarters').insert(old);
  const zones = ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati'];
  const look = () => Promise.all(zones.map((zone) => countByDay(db, zone, 14)));
  const before = await look();
  await Promise.all([sumUpQuarters(db), sumUpQuarters(db)]);
  expect(await look()).toEqual(before);
  expect(Number((await db('message_quarters').count('* as n'))[0]?.n)).toBeLessThan(100);
  for (const days of before) expect(days).toHaveLength(14);
  const sum = (days: (typeof before)[number]) =>
    days.reduce((total, { outcomes }) => total + outcomes.archived, 0);
  expect(new Set(before.map(sum)).size).toBe(1);
});

test('a poll is due when the interval has passed, and only where archiving is on', async () => {
  const { db } = database;
  const is = async (columns: Record<string, unknown>) => {
    await db('mailboxes').update(columns);
    return await isPollDue(db);
  };
  const secondsAgo = (seconds: number) => db.raw(`now() - make_interval(secs => ?)`, [seconds]);
  expect(await is({ last_poll_at: null })).toBe(true);
  expect(await is({ last_poll_at: secondsAgo(40), poll_seconds: 60 })).toBe(false);
  expect(await is({ last_poll_at: secondsAgo(61) })).toBe(true);
  expect(await is({ enabled: false })).toBe(false);
});
