import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { LOCK_CLASS } from '../../../src/db/advisory-locks.ts';
import type { Keeper } from '../../../src/inbound/keeper.ts';
import { ringKeeper } from '../../../src/ledger/poll-requests.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { until } from '../../support/until.ts';
import { keeperOn, saveMailboxRow } from './keeper-tools.ts';

let database: TestDatabase;
let dovecot: Dovecot;
let mailboxId: number;
const keepers: Keeper[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  dovecot = await startDovecot();
});
afterAll(async () => {
  await dovecot.stop();
  await database.drop();
});
beforeEach(async () => {
  await database.db.raw('truncate mailboxes cascade');
  mailboxId = await saveMailboxRow(database.db, dovecot);
});
afterEach(async () => {
  await Promise.all(keepers.splice(0).map((keeper) => keeper.stop()));
});

function newKeeper(): Keeper {
  const keeper = keeperOn(database);
  keepers.push(keeper);
  return keeper;
}

const mailbox = async (id = mailboxId) => await database.db('mailboxes').where({ id }).first();
const polledBy = async (epoch: number, id = mailboxId) => {
  await until(`it is polled in epoch ${epoch}`, async () => {
    const row = await mailbox(id);
    return row?.epoch === epoch && row.last_success_at !== null;
  });
};
const keeperLocks = async () => {
  const { rows } = await database.db.raw<{ rows: { id: number }[] }>(
    `select l.objid::int as id from pg_locks l join pg_database d on d.oid = l.database
      where d.datname = current_database() and l.locktype = 'advisory' and l.classid = ?
      order by 1`,
    [LOCK_CLASS.keeper],
  );
  return rows.map(({ id }) => id);
};

test('of two, one keeps the mailbox; the other may once it has stopped', async () => {
  const one = newKeeper();
  const two = newKeeper();
  expect(await one.tryStart()).toBe(true);
  expect(await two.tryStart()).toBe(false);
  expect(await one.tryStart(), 'it keeps it already').toBe(true);
  await polledBy(1);
  await one.stop();
  expect(await keeperLocks()).toEqual([]);
  expect(await one.tryStart(), 'it was stopped').toBe(false);
  expect(await two.tryStart()).toBe(true);
  await polledBy(2);
});

test('many that begin at once agree on one', async () => {
  const all = [newKeeper(), newKeeper(), newKeeper()];
  const kept = await Promise.all(all.flatMap((keeper) => [keeper.tryStart(), keeper.tryStart()]));
  expect(kept.filter(Boolean).length).toBe(2);
  expect(await keeperLocks()).toEqual([mailboxId]);
});

test('without a mailbox there is nothing to keep', async () => {
  await database.db('mailboxes').update({ active: false });
  expect(await newKeeper().tryStart()).toBe(false);
});

test('who loses the connection that holds the lock keeps nothing any more', async () => {
  const keeper = newKeeper();
  await keeper.tryStart();
  await polledBy(1);
  await database.db.raw(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'letterbook keeper' and datname = current_database()`,
  );
  // It notices by itself, and may become the keeper again, in an epoch of its own.
  await until('it keeps the mailbox anew', async () => {
    await keeper.tryStart();
    return (await mailbox())?.epoch === 2;
  });
});

test('another mailbox is kept as soon as it is the active one', async () => {
  const keeper = newKeeper();
  await keeper.tryStart();
  await polledBy(1);
  await dovecot.createFolder('Other');
  await database.db('mailboxes').update({ active: false });
  const other = await saveMailboxRow(database.db, dovecot, { folder: 'Other' });
  await database.db.raw(`select pg_notify('letterbook_keeper', 'poll')`);
  await polledBy(1, other);
  expect(await keeperLocks()).toEqual([other]);
  expect((await mailbox())?.epoch).toBe(1);
});

test('a password that can’t be opened is shown as a problem until the mailbox is saved anew', async () => {
  const before = await database.db('mailboxes').first('password_sealed');
  await database.db('mailboxes').update({ password_sealed: 'unreadable' });
  const keeper = newKeeper();
  await keeper.tryStart();
  await until('it says so', async () => (await mailbox())?.problem != null);
  expect((await mailbox())?.problem).toBe('A stored password is damaged: set it again.');
  await database.db('mailboxes').update({
    password_sealed: before?.password_sealed ?? '',
    problem: null,
    next_try_at: null,
  });
  await database.db.raw(`select pg_notify('letterbook_keeper', 'poll')`);
  await until('it polls', async () => (await mailbox())?.last_success_at != null);
});

test('switched off, the mailbox is left alone at once; switched on, it is kept again', async () => {
  const keeper = newKeeper();
  await keeper.tryStart();
  await polledBy(1);
  await database.db('mailboxes').update({ enabled: false });
  await ringKeeper(database.db, 'settings');
  await until('the lock is given back', async () => (await keeperLocks()).length === 0);
  expect(await keeper.tryStart()).toBe(false);
  await database.db('mailboxes').update({ enabled: true, last_success_at: null });
  await until('it is kept again', () => keeper.tryStart());
  await polledBy(2);
});
