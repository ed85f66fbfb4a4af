import type { Knex } from 'knex';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { discardEmail } from '../../../src/data-cleanup/decisions/discard-email.ts';
import { linkEmail } from '../../../src/data-cleanup/decisions/link-email.ts';
import { purgeDiscarded } from '../../../src/data-cleanup/purge-discarded.ts';
import { undoDecision } from '../../../src/data-cleanup/undo/undo-decision.ts';
import { unlinkEmail } from '../../../src/data-cleanup/decisions/unlink-email.ts';
import type { Stoppable } from '../../../src/shared/stoppable.ts';
import type { Viewer } from '../../../src/shared/viewer.ts';
import { SCHEDULES } from '../../../src/worker/schedules.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { stopsAfter } from '../../support/stops-after.ts';
import { mail } from '../../unit/archiving/samples.ts';
import { emailOf } from '../rematch/rematch-tools.ts';
import { linksOf, stateOf, viewer } from './decision-tools.ts';

let database: TestDatabase;
let bench: FilingBench;
let db: Knex;
let dana: Viewer;
let count = 0;
const lines: string[] = [];
const log = pino({}, { write: (line: string) => void lines.push(line) });

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  bench = await createFilingBench(db);
});
afterAll(() => database.drop());

beforeEach(async () => {
  count += 1;
  lines.length = 0;
  dana = await viewer(bench, `dana${count}@firm.example`);
});

const sketch = () =>
  mail({ from: [dana.address], to: [`jane${count}@client.example`], subject: 'Chairs' });

/** Files a mail that waits. @returns its message and its email. */
async function file(): Promise<{ message: number; email: number }> {
  const message = await bench.storeMail(sketch());
  await bench.file(message);
  return { message, email: (await emailOf(db, message)).id };
}

async function discard(id: number, daysAgo: number): Promise<number> {
  const done = await discardEmail(db, dana, id);
  if (done.kind !== 'discarded') throw new Error(done.kind);
  await db.raw('update emails set discarded_at = now() - make_interval(days => ?) where id = ?', [
    daysAgo,
    id,
  ]);
  return done.decisionId;
}

const purge = async (stoppable: Stoppable = {}) => await purgeDiscarded({ db, log, ...stoppable });
const has = async (table: 'emails' | 'originals', id: number) =>
  (await db(table).where({ id }).first('id')) !== undefined;

describe('a discarded email', () => {
  test('is deleted with its original after 30 days, and no day before', async () => {
    const { message, email } = await file();
    const original = (await bench.row(message)).original_id ?? 0;
    await discard(email, 29);
    expect(await purge()).toEqual({ emails: 0, originals: 0 });
    expect(lines).toEqual([]);
    expect(await has('emails', email)).toBe(true);
    const before = await bench.row(message);
    await db('emails')
      .where({ id: email })
      .update({ discarded_at: db.raw("now() - interval '30 days'") });
    expect(await purge()).toEqual({ emails: 1, originals: 1 });
    expect(lines.join()).toContain('"emails":1,"originals":1,"days":30');
    expect(await has('emails', email)).toBe(false);
    expect(await has('originals', original)).toBe(false);
    expect(await db('original_chunks').where({ original_id: original })).toEqual([]);
    expect(await db('email_participants').where({ email_id: email })).toEqual([]);
    // The ledger keeps the message, its outcome and what makes a duplicate of it.
    expect(await bench.row(message)).toEqual({ ...before, original_id: null });
  });

  test('sent again after that, it is a duplicate still', async () => {
    const { message, email } = await file();
    await discard(email, 31);
    await purge();
    const again = await bench.storeMail(sketch());
    await bench.file(again);
    expect(await bench.row(again)).toMatchObject({ outcome: 'ignored', reason: 'duplicate' });
    expect(JSON.stringify((await bench.row(again)).trace)).toContain(`Message ${message}`);
  });

  test('leaves the original to other emails of its message', async () => {
    const { message, email } = await file();
    const original = (await bench.row(message)).original_id ?? 0;
    const first = await db('emails').where({ id: email }).first();
    const { id: _, ...row } = { ...first };
    const [second] = await db('emails')
      .insert({ ...row, part_path: '9' } as never)
      .returning('id');
    await discard(email, 31);
    expect(await purge()).toEqual({ emails: 1, originals: 0 });
    expect(await has('originals', original)).toBe(true);
    await discard(second?.id ?? 0, 31);
    expect(await purge()).toEqual({ emails: 1, originals: 1 });
    expect(await has('originals', original)).toBe(false);
  });

  test('takes nothing with it that other decisions about it had brought along', async () => {
    const contact = await bench.person(`known${count}@client.example`);
    const { email } = await file();
    const along = await bench.storeMail({ ...sketch(), text: 'Another' });
    await bench.file(along);
    const other = (await emailOf(db, along)).id;
    const address = `jane${count}@client.example`;
    await linkEmail(db, dana, email, {
      people: [{ personId: contact, address }],
      addAddress: true,
    });
    await unlinkEmail(db, dana, email, contact);
    await discard(email, 31);
    await purge();
    expect(await has('emails', email)).toBe(false);
    expect([await stateOf(db, other), await linksOf(db, other)]).toEqual(['archived', [contact]]);
    expect(await db('person_addresses').where({ address })).toHaveLength(1);
  });

  test('restored at the same moment, it is either there or gone', async () => {
    for (let n = 0; n < 5; n += 1) {
      const message = await bench.storeMail({ ...sketch(), text: `Race ${n}` });
      await bench.file(message);
      const { id } = await emailOf(db, message);
      const decision = await discard(id, 31);
      const [undone] = await Promise.all([undoDecision(db, dana, decision), purge()]);
      const state = await stateOf(db, id);
      expect(state).toBe(undone.kind === 'undone' ? 'unmatched' : undefined);
      expect((await bench.row(message)).original_id === null).toBe(state === undefined);
    }
  });
});

test('one that cannot be deleted keeps no other from it, and the job fails, to be tried again', async () => {
  const first = await file();
  const message = await bench.storeMail({ ...sketch(), text: 'Another' });
  await bench.file(message);
  const second = (await emailOf(db, message)).id;
  await discard(first.email, 31);
  await discard(second, 31);
  await db.raw('create table holds (email_id bigint references emails)');
  await db.raw('insert into holds values (?)', [first.email]);
  await expect(purge()).rejects.toThrow('1 discarded emails could not be deleted.');
  expect([await has('emails', first.email), await has('emails', second)]).toEqual([true, false]);
  await db.raw('drop table holds');
  expect(await purge()).toEqual({ emails: 1, originals: 1 });
});

test('told to end it begins no other, and the next run goes on', async () => {
  for (const text of ['One', 'Another']) {
    const message = await bench.storeMail({ ...sketch(), text });
    await bench.file(message);
    await discard((await emailOf(db, message)).id, 31);
  }
  expect(await purge({ stopping: stopsAfter(2) })).toEqual({ emails: 1, originals: 1 });
  expect(await purge()).toEqual({ emails: 1, originals: 1 });
});

test('it is repeated work', () => {
  expect(SCHEDULES.map(({ name }) => name)).toContain('purge');
});
