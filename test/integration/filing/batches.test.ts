import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail } from '../../unit/archiving/samples.ts';

const JANE = 'jane@client.example';

let database: TestDatabase;
let bench: FilingBench;
let count = 0;
let dana: number;
let from: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  await bench.person(JANE);
});
afterAll(() => database.drop());

beforeEach(async () => {
  count += 1;
  from = [`dana${count}@firm.example`];
  dana = await bench.user(`dana${count}@firm.example`);
});

const outcomes = async (ids: readonly number[]) =>
  (await Promise.all(ids.map((id) => bench.row(id)))).map((row) => `${row.outcome} ${row.reason}`);

/** The same mail, delivered so often. */
async function deliver(times: number, subject = 'Chairs'): Promise<number[]> {
  const ids: number[] = [];
  for (let n = 0; n < times; n += 1) {
    ids.push(await bench.storeMail(mail({ from, to: [JANE], subject })));
  }
  return ids;
}

const ONE_OF_THREE = ['archived matched', 'ignored duplicate', 'ignored duplicate'];

describe('one mail delivered three times becomes one email', () => {
  test('in one batch', async () => {
    const ids = await deliver(3);
    await bench.file(...ids);
    expect(await outcomes(ids)).toEqual(ONE_OF_THREE);
    expect((await bench.db('emails').where({ owner_id: dana })).length).toBe(1);
  });

  test('in one batch after the other', async () => {
    const ids = await deliver(3);
    for (const id of ids) await bench.file(id);
    expect(await outcomes(ids)).toEqual(ONE_OF_THREE);
  });

  test('in three batches at once: the others wait for the first', async () => {
    const ids = await deliver(3);
    const waiting = await bench.storeMail(mail({ from, to: ['nobody@client.example'] }));
    const [first = 0, ...others] = ids;
    // Filing the first batch has decided, and waits to raise a notice that is just being raised.
    const obstacle = await holdTransaction(bench.db, (trx) =>
      trx('notices').insert({ user_id: dana, kind: 'unmatched', subject: '' }),
    );
    const filing = bench.file(first, waiting);
    await untilWaiting(bench.db, 1);
    const rest = others.map((id) => bench.file(id));
    await untilWaiting(bench.db, 3);
    await obstacle.rollback();
    await Promise.all([filing, ...rest]);
    expect(await outcomes(ids)).toEqual(ONE_OF_THREE);
  });

  test('and in two, each with the other’s mails in another order', async () => {
    const one = await deliver(2, 'One');
    const two = await deliver(2, 'Two');
    const [a = 0, b = 0] = one;
    const [c = 0, d = 0] = two;
    await Promise.all([bench.file(a, c), bench.file(d, b)]);
    const all = await outcomes([a, b, c, d]);
    expect(all.filter((outcome) => outcome === 'archived matched').length).toBe(2);
    expect(all.filter((outcome) => outcome === 'ignored duplicate').length).toBe(2);
  });
});

test('two users who archive one mail make two emails of it', async () => {
  const other = await bench.user(`tom${count}@firm.example`);
  const one = await bench.storeMail(mail({ from, to: [JANE], messageId: '<x@firm.example>' }));
  const sketch = { from: [`tom${count}@firm.example`], to: [JANE], messageId: '<x@firm.example>' };
  const two = await bench.storeMail(mail(sketch));
  await bench.file(one, two);
  const owners = await bench.db('emails').whereIn('inbound_message_id', [one, two]);
  expect(owners.map((email) => email.owner_id)).toEqual([dana, other]);
});

test('the same Message-ID with other content is another mail: both are kept', async () => {
  const one = await bench.storeMail(mail({ from, to: [JANE], text: 'We take it.' }));
  const two = await bench.storeMail(mail({ from, to: [JANE], text: 'We do not.' }));
  await bench.file(one, two);
  expect(await outcomes([one, two])).toEqual(['archived matched', 'archived matched']);
  const rows = [await bench.row(one), await bench.row(two)];
  expect(rows[0]?.message_id).toBe(rows[1]?.message_id);
});

test('a stranger’s mail delivered twice is answered and told once', async () => {
  const stranger = `stranger${count}@elsewhere.example`;
  const sketch = { from: [stranger], to: [JANE] };
  const ids = [await bench.storeMail(mail(sketch)), await bench.storeMail(mail(sketch))];
  expect(await bench.file(...ids)).toBe(1);
  expect(await outcomes(ids)).toEqual(['rejected owner-does-not-exist', 'ignored duplicate']);
  expect((await bench.db('outgoing_messages').where({ recipient: stranger })).length).toBe(1);
});

test('two workers that get one job file each message once', async () => {
  const ids = await deliver(1);
  bench.at('claimed', async () => {
    // The first has the message: the second finds nothing to do, and does not wait for it.
    await bench.file(...ids);
    expect((await bench.row(ids[0] ?? 0)).outcome).toBe(null);
  });
  await bench.file(...ids);
  expect(await outcomes(ids)).toEqual(['archived matched']);
  expect((await bench.db('emails').where({ owner_id: dana })).length).toBe(1);
  await bench.file(...ids);
  expect((await bench.db('emails').where({ owner_id: dana })).length).toBe(1);
});

test('what is filed tells its keeper and is then decided, not yet acknowledged', async () => {
  const [id = 0] = await deliver(1);
  await bench.file(id);
  expect(await bench.row(id)).toMatchObject({
    state: 'decided',
    capture: 'copied',
    owner_id: dana,
    from_address: from[0],
    people_addresses: [JANE],
    acknowledged_at: null,
    error: null,
  });
});
