import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findBulkReport } from '../../../src/data-cleanup/bulk/bulk-report.ts';
import { insertBulk } from '../../../src/data-cleanup/bulk/bulk-store.ts';
import { createFromEmail } from '../../../src/data-cleanup/decisions/create-from-email.ts';
import { discardEmail } from '../../../src/data-cleanup/decisions/discard-email.ts';
import { NO_FILTER } from '../../../src/data-cleanup/list/list-filter.ts';
import { runBulk } from '../../../src/data-cleanup/bulk/run-bulk.ts';
import { beginUndo } from '../../../src/data-cleanup/undo/undo-bulk.ts';
import { undoDecision } from '../../../src/data-cleanup/undo/undo-decision.ts';
import { connectDatabase } from '../../../src/db/connect.ts';
import { continueRematch } from '../../../src/emails/rematch.ts';
import type { Stoppable } from '../../../src/shared/stoppable.ts';
import type { Viewer } from '../../../src/shared/viewer.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { stopsAfter } from '../../support/stops-after.ts';
import { insertWaiting } from '../../support/waiting-emails.ts';
import { watchStatements } from '../../support/watch-statements.ts';
import { viewer } from './decision-tools.ts';

/*
 * Decisions that take very many emails along: to the end and back, in statements none of which grows with
 * their number.
 */

const EMAILS = 1200;
const BATCH = 500;

let database: TestDatabase;
let bench: FilingBench;
let owner: Viewer;
let address: string;
let emails: number[];
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
});
afterAll(() => database.drop());

beforeEach(async () => {
  count += 1;
  owner = await viewer(bench, `dana${count}@firm.example`);
  address = `jane${count}@client${count}.example`;
  emails = await insertWaiting(bench, { owner: owner.id, address, emails: EMAILS });
});

async function states(): Promise<Record<string, number>> {
  const rows = await bench.db('emails').where({ owner_id: owner.id }).select('state');
  const groups = Map.groupBy(rows, ({ state }) => state);
  return Object.fromEntries([...groups].map(([state, some]) => [state, some.length]));
}

test('a contact is made of one, all others follow in batches, and one undo brings all back', async () => {
  const record = { kind: 'contact', firstName: 'Jane', lastName: 'Roe', company: '' } as const;
  const filled = { ...record, title: '', phone: '', address };
  const made = await createFromEmail(bench.db, owner, emails[0]!, filled);
  if (made.kind !== 'created') throw new Error(made.kind);
  expect(made).toMatchObject({ others: BATCH - 1, more: true });
  const forth = await watchStatements(bench.db, async () => {
    while (await continueRematch(bench.db));
  });
  expect(await states()).toEqual({ archived: EMAILS });
  expect(forth.longestList).toBe(BATCH);

  const back = await watchStatements(bench.db, async () => {
    const undone = await undoDecision(bench.db, owner, made.decisionId);
    expect(undone).toMatchObject({ kind: 'undone', state: 'unmatched', others: EMAILS - 1 });
  });
  expect(await states()).toEqual({ unmatched: EMAILS });
  expect(back.longestList).toBe(BATCH);
  expect(await bench.db('people').where({ id: made.personId })).toEqual([]);
  expect(await bench.db('email_people').where({ person_id: made.personId })).toEqual([]);
});

test('a rule takes all others along, and one undo brings them back', async () => {
  const discarded = await discardEmail(bench.db, owner, emails[7]!, address);
  if (discarded.kind !== 'discarded') throw new Error(discarded.kind);
  expect(discarded.others).toBe(EMAILS - 1);
  expect(await states()).toEqual({ discarded: EMAILS });

  const back = await watchStatements(bench.db, async () => {
    const undone = await undoDecision(bench.db, owner, discarded.decisionId);
    expect(undone).toMatchObject({ kind: 'undone', others: EMAILS - 1 });
  });
  expect(await states()).toEqual({ unmatched: EMAILS });
  expect(back.longestList).toBe(BATCH);
});

test.each(['discard', 'hand-over'] as const)(
  '%s of all: in batches, with progress, and back',
  async (kind) => {
    const colleague = await bench.user(`tom${count}@firm.example`);
    const choice = kind === 'discard' ? { kind } : { kind, toUserId: colleague };
    const through = emails.at(-1)!;
    const all = { kind: 'all', filter: NO_FILTER, through } as const;
    const bulkId = await insertBulk(bench.db, owner, choice, all);
    if (bulkId === null) throw new Error('Nothing was selected.');
    expect(await runBulk(deps(), owner, bulkId, 50)).toBe(false);
    expect(await findBulkReport(bench.db, owner, bulkId)).toMatchObject({
      state: 'running',
      total: EMAILS,
      left: EMAILS - 50,
    });

    const forth = await watchStatements(bench.db, () => runBulk(deps(), owner, bulkId));
    expect(await states()).toEqual(kind === 'discard' ? { discarded: EMAILS } : {});
    expect(forth.count).toBeLessThan(EMAILS);
    expect(forth.longestList).toBeLessThanOrEqual(BATCH);
    expect(await findBulkReport(bench.db, owner, bulkId)).toMatchObject({
      state: 'done',
      done: EMAILS,
      standing: EMAILS,
    });

    expect(await beginUndo(bench.db, owner, bulkId)).toBe(true);
    const back = await watchStatements(bench.db, () => runBulk(deps(), owner, bulkId));
    expect(back.count).toBeLessThan(EMAILS);
    expect(back.longestList).toBeLessThanOrEqual(BATCH);
    expect(await states()).toEqual({ unmatched: EMAILS });
    expect(await findBulkReport(bench.db, owner, bulkId)).toMatchObject({
      state: 'undone',
      standing: 0,
    });
  },
);

test.each(['discard', 'create-leads'] as const)(
  '%s of some, told to end anywhere, is gone on with by the next process, there and back',
  async (kind) => {
    const through = emails[2]!;
    const all = { kind: 'all', filter: NO_FILTER, through } as const;
    const bulkId = await insertBulk(bench.db, owner, { kind }, all);
    if (bulkId === null) throw new Error('Nothing was selected.');
    const report = async () => await findBulkReport(bench.db, owner, bulkId);
    /** Each process gets a little further before it is told to end. @returns how many were. */
    const workOff = async (state: 'running' | 'undoing') => {
      for (let told = 0; ; told += 1) {
        if (await runBulk(deps({ stopping: stopsAfter(told) }), owner, bulkId)) return told;
        expect(await report()).toMatchObject({ state });
      }
    };
    expect(await workOff('running')).toBeGreaterThan(0);
    expect(await report()).toMatchObject({ state: 'done', left: 0 });
    await beginUndo(bench.db, owner, bulkId);
    expect(await workOff('undoing')).toBeGreaterThan(0);
    expect(await report()).toMatchObject({ state: 'undone', standing: 0 });
    expect(await states()).toEqual({ unmatched: EMAILS });
  },
);

test('an undo that comes while a process ends its work is not taken for done', async () => {
  const all = { kind: 'all', filter: NO_FILTER, through: emails[2]! } as const;
  const bulkId = await insertBulk(bench.db, owner, { kind: 'discard' }, all);
  if (bulkId === null) throw new Error('Nothing was selected.');
  expect(await runBulk(deps(), owner, bulkId)).toBe(true);
  // Through one connection, for which all wait in turn: undo is pressed after what is to be undone was looked for.
  const { connectionString } = database;
  const narrow = connectDatabase({ connectionString, applicationName: 'narrow', poolSize: 1 });
  try {
    const pressed: Promise<boolean>[] = [];
    narrow.on('query', ({ sql }: { readonly sql: string }) => {
      const looks = sql.includes("b.state = 'undoing'");
      if (looks && pressed.length === 0) pressed.push(beginUndo(narrow, owner, bulkId));
    });
    expect(await runBulk({ ...deps(), db: narrow }, owner, bulkId)).toBe(false);
    expect(await Promise.all(pressed)).toEqual([true]);
  } finally {
    await narrow.destroy();
  }
  expect(await runBulk(deps(), owner, bulkId)).toBe(true);
  expect(await states()).toEqual({ unmatched: EMAILS });
});

function deps(stoppable: Stoppable = {}) {
  return { db: bench.db, log: bench.deps.log, ...stoppable };
}
