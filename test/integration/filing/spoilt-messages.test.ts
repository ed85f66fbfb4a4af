import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { createFilingBench, readingOf, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { attachment, mail, type MailSketch } from '../../unit/archiving/samples.ts';

const DANA = 'dana@firm.example';
const JANE = 'jane@client.example';

let database: TestDatabase;
let bench: FilingBench;
let admin: number;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  admin = await bench.user('admin@firm.example', 'super-administrators');
  await bench.user(DANA);
  await bench.person(JANE);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await bench.db('notices').delete();
});

/** A mail like any other, told apart by its subject. */
async function storeGood(): Promise<number> {
  count += 1;
  return await bench.storeMail(mail({ from: [DANA], to: [JANE], subject: `Mail ${count}` }));
}

const outcome = async (id: number) => (await bench.row(id)).outcome;
/** As if the time until the next try had passed. */
const due = async (id: number) =>
  await bench
    .db('inbound_messages')
    .where({ id })
    .update({ next_try_at: new Date(0) });

const SURROGATE = '\ud800';
const REFUSED: readonly (readonly [string, MailSketch])[] = [
  ['NUL in the subject', { subject: 'a\0b' }],
  ['NUL in the text', { text: 'a\0b' }],
  ['NUL in a recipient', { to: ['a\0b@client.example'] }],
  ['half a character in the subject', { subject: SURROGATE }],
  ['half a character in a Message-ID', { messageId: `<${SURROGATE}@firm.example>` }],
  ['an address that is too long', { to: [`${'a'.repeat(400)}@client.example`] }],
  ['an attachment beyond all numbers', { attachments: [{ ...attachment('2'), size: 1e30 }] }],
];

describe('a message with a value that PostgreSQL refuses spoils nothing but itself', () => {
  test.each(REFUSED)('%s', async (_name, sketch) => {
    const before = await storeGood();
    const spoilt = await bench.store(readingOf(mail({ from: [DANA], to: [JANE], ...sketch })));
    const after = await storeGood();
    await bench.file(before, spoilt, after);
    expect([await outcome(before), await outcome(after)]).toEqual(['archived', 'archived']);
    expect(await bench.row(spoilt)).toMatchObject({ state: 'failed', outcome: null, failures: 1 });
    expect((await bench.row(spoilt)).error).toMatch(/^Filing it failed: /);
    expect((await bench.row(spoilt)).error).not.toMatch(/insert|select/i);

    await bench.file(spoilt);
    expect(await bench.row(spoilt), 'not before its time').toMatchObject({ failures: 1 });
    await due(spoilt);
    await bench.file(spoilt);
    expect(await bench.row(spoilt)).toMatchObject({ state: 'failed', failures: 2 });
    expect(await bench.db('notices')).toEqual([]);
    await due(spoilt);
    await bench.file(spoilt);
    expect(await bench.row(spoilt)).toMatchObject({
      state: 'decided',
      outcome: 'quarantined',
      reason: 'unreadable',
      trace: { unreadable: expect.stringMatching(/^Filing it failed: /) as unknown },
    });
    expect(await bench.db('notices')).toMatchObject([{ user_id: admin, kind: 'quarantined' }]);
  });
});

test('a message whose reading was killed is tried again later, then quarantined', async () => {
  const good = await storeGood();
  const killed = await bench.store({ kind: 'killed', why: 'memory' });
  await bench.file(killed, good);
  expect(await outcome(good)).toBe('archived');
  const why = 'Reading it was ended: memory.';
  expect(await bench.row(killed)).toMatchObject({ state: 'failed', failures: 1, error: why });
  const waits = (await bench.row(killed)).next_try_at;
  expect(waits?.getTime()).toBeGreaterThan(Date.now() - 1000);
  for (let n = 0; n < 2; n += 1) {
    await due(killed);
    await bench.file(killed);
  }
  expect(await bench.row(killed)).toMatchObject({
    outcome: 'quarantined',
    trace: { unreadable: why },
  });
});

test('what is quarantined unread is found by its header', async () => {
  const source = Buffer.from(
    `From: Dana <${DANA}>\r\nSubject: =?utf-8?Q?Caf=C3=A9?=\r\nMessage-ID: <a@b>\r\n\r\nText\r\n`,
  );
  const original_id = await bench.db.transaction(
    async (trx) => (await postgresOriginals.putAll(trx, [source]))[0]!,
  );
  const columns = { original_id, size: source.length, failures: 2 };
  const unread = await bench.store({ kind: 'killed', why: 'memory' }, columns);
  await bench.file(unread);
  expect(await bench.row(unread)).toMatchObject({
    outcome: 'quarantined',
    from_address: DANA,
    subject: 'Café',
    message_id: '<a@b>',
  });
});

test('an original that is damaged is quarantined without its header', async () => {
  const damaged = await bench.store({ kind: 'killed', why: 'memory' }, { failures: 2 });
  const { original_id } = await bench.row(damaged);
  await bench.db('original_chunks').where({ original_id: original_id! }).delete();
  await bench.file(damaged);
  expect(await bench.row(damaged)).toMatchObject({ outcome: 'quarantined', from_address: null });
});

test('a failure that nobody foresaw is the message’s own, and holds up no other', async () => {
  const odd = await bench.store({ kind: 'fails', why: 'Original 7 lacks its chunk 2.' });
  const good = await storeGood();
  await bench.file(odd, good);
  expect(await outcome(good)).toBe('archived');
  expect(await bench.row(odd)).toMatchObject({
    state: 'failed',
    error: 'Filing it failed: Original 7 lacks its chunk 2.',
  });
});

test('trouble with the machine is no message’s fault: all wait, and keep their tries', async () => {
  const good = await storeGood();
  const alone = await storeGood();
  await bench.db('inbound_messages').where({ id: alone }).update({ attempts: 9 });
  const why = 'Connection terminated unexpectedly';
  const unlucky = await bench.store({ kind: 'fails', why });
  await expect(bench.file(good, unlucky, alone)).rejects.toThrow(why);
  expect(await bench.row(good)).toMatchObject({ state: 'stored', attempts: 0, failures: 0 });
  expect(await bench.row(unlucky)).toMatchObject({ state: 'stored', attempts: 0, failures: 0 });
  expect(await bench.row(alone)).toMatchObject({ state: 'stored', attempts: 9 });
});

test('a small message that fails while a big one is still being read fells nothing', async () => {
  const odd = await bench.store({ kind: 'fails', why: 'It is odd.' });
  const text = 'So long. '.repeat(300_000);
  const big = await bench.storeMail(mail({ from: [DANA], to: [JANE], text }));
  await bench.file(odd, big);
  expect(await outcome(big)).toBe('archived');
  expect(await bench.row(odd)).toMatchObject({ state: 'failed', failures: 1 });
});

test('a process that ends at work leaves nothing but the count of the attempt', async () => {
  const id = await storeGood();
  for (const point of ['claimed', 'parsed'] as const) {
    bench.at(point, () => Promise.reject(Object.assign(new Error('killed'), { code: '57P01' })));
    await expect(bench.file(id)).rejects.toThrow('killed');
    expect(await bench.row(id)).toMatchObject({ state: 'stored', outcome: null });
    expect(await bench.db('emails').where({ inbound_message_id: id })).toEqual([]);
  }
});

test('after two unfinished attempts a message is filed by itself', async () => {
  const suspect = await storeGood();
  const good = await storeGood();
  await bench.db('inbound_messages').where({ id: suspect }).update({ attempts: 2 });
  // Whoever is filed together comes first; by then the suspect is not even claimed.
  bench.at('filed', async () => {
    expect([await outcome(good), await outcome(suspect)]).toEqual(['archived', null]);
  });
  await bench.file(suspect, good);
  expect([await outcome(good), await outcome(suspect)]).toEqual(['archived', 'archived']);
  expect(await bench.row(suspect)).toMatchObject({ attempts: 3 });
});

test('of those that are filed by themselves only the one at work is counted, the least tried first', async () => {
  const [often, seldom, last] = [await storeGood(), await storeGood(), await storeGood()];
  const attempts = async () =>
    await Promise.all([often, seldom, last].map(async (id) => (await bench.row(id)).attempts));
  await bench.db('inbound_messages').whereIn('id', [seldom, last]).update({ attempts: 2 });
  await bench.db('inbound_messages').where({ id: often }).update({ attempts: 14 });
  const seen: number[][] = [];
  bench.at('claimed', async () => {
    seen.push(await attempts());
    // Each start sweeps twice: the others are not held up, and what is at work is not begun again.
    await bench.file(often, seldom, last);
    seen.push(await attempts());
  });
  await bench.file(often, seldom, last);
  expect(seen).toEqual([
    [14, 3, 2],
    [15, 3, 3],
  ]);
  expect(await attempts()).toEqual([15, 3, 3]);
  expect(await outcome(often)).toBe('archived');
});

test('what was begun fifteen times and never ended is quarantined without another look', async () => {
  const hopeless = await bench.store({ kind: 'fails', why: 'It would take the process with it.' });
  await bench.db('inbound_messages').where({ id: hopeless }).update({ attempts: 15 });
  await bench.file(hopeless);
  expect(await bench.row(hopeless)).toMatchObject({
    outcome: 'quarantined',
    reason: 'unreadable',
    trace: { unreadable: 'Work on it was begun 15 times and never ended.' },
  });
});
