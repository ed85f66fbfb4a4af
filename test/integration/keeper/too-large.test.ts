import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { pino } from 'pino';
import { fileMessages } from '../../../src/inbound/file-messages.ts';
import type { Keeper } from '../../../src/inbound/keeper.ts';
import { createMailReader, type MailReader } from '../../../src/inbound/reading/mail-reader.ts';
import { loadTooLargePage } from '../../../src/inbox/too-large-page.ts';
import { fetchWhatFits } from '../../../src/ledger/fetch-again.ts';
import { ringKeeper } from '../../../src/ledger/poll-requests.ts';
import { tryMessageAgain } from '../../../src/ledger/try-message-again.ts';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { createUser } from '../../../src/users/create-user.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { ARCHIVE } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { until } from '../../support/until.ts';
import { zoneResolver } from '../../support/trust/zone-resolver.ts';
import { keeperOn, saveMailboxRow } from './keeper-tools.ts';

const DANA = 'dana@northquay.example';
let database: TestDatabase;
let dovecot: Dovecot;
let reader: MailReader;
let keeper: Keeper;
let mailboxId: number;
let dana: number;
let root: number;

beforeAll(async () => {
  database = await createTestDatabase();
  dovecot = await startDovecot();
  reader = createMailReader({ children: 1, log: { warn: () => undefined } });
  dana = await user(DANA);
  root = await user('root@northquay.example', 'super-administrators');
});
afterAll(async () => {
  await reader.close();
  await dovecot.stop();
  await database.drop();
});
beforeEach(async () => {
  await database.db.raw('truncate mailboxes, inbound_messages, notices, emails cascade');
  await dovecot.recreateFolder('Polled').catch(() => dovecot.createFolder('Polled'));
  mailboxId = await saveMailboxRow(database.db, dovecot, {
    ...{ folder: 'Polled', max_message_mb: 1, archive_address: ARCHIVE },
  });
  keeper = keeperOn(database);
  await keeper.tryStart();
});
afterEach(() => keeper.stop());

async function user(email: string, ...groups: 'super-administrators'[]): Promise<number> {
  const made = await createUser(database.db, { name: email, email, groups, passwordHash: null });
  return made.kind === 'created' ? made.userId : 0;
}

function big(from: string, megabytes = 1.5): string {
  const head = `From: ${from}\r\nTo: jane@client.example\r\nSubject: A film\r\nMessage-ID: <film@x.example>\r\n\r\n`;
  return head + `${'x'.repeat(78)}\r\n`.repeat(megabytes * 1024 * 12.8);
}

const deliver = (raw: string) => dovecot.deliver(raw, { folder: 'Polled' });
const rows = () => database.db('inbound_messages').orderBy('id');
const notices = () => database.db('notices').orderBy('id').select('user_id', 'kind');
const poll = () => ringKeeper(database.db, 'poll');

async function leftAlone(state = 'acknowledged') {
  await until('it is looked at', async () => (await rows()).some((row) => row.state === state));
}

/** As the queue's job would. */
async function file(): Promise<void> {
  await until('it is stored', async () => (await rows()).some((row) => row.state === 'stored'));
  const log = pino({ level: 'silent' });
  const lookup = zoneResolver({});
  const deps = { db: database.db, originals: postgresOriginals, reader, lookup, log };
  const ids = (await rows()).map(({ id }) => id);
  await fileMessages({ ...deps, checkpoint: () => undefined }, ids);
}

test('stays in the folder with its header in the log; its owner alone is told, once', async () => {
  const uid = await deliver(big(DANA));
  await poll();
  await leftAlone();
  const [row] = await rows();
  expect(row).toMatchObject({
    ...{ outcome: 'quarantined', reason: 'too-large', owner_id: dana, from_address: DANA, uid },
    ...{ subject: 'A film', message_id: '<film@x.example>', acknowledgement: 'left-on-server' },
    ...{ original_id: null, trace: { steps: [{ step: 'owner', verdict: 'owner' }] } },
  });
  expect(row!.size).toBeGreaterThan(1.5 * 1024 * 1024);
  expect(await dovecot.list('Polled')).toMatchObject([{ uid, flags: [] }]);
  expect(await notices()).toEqual([{ user_id: dana, kind: 'too-large' }]);
  const viewer = { id: dana, groups: [], timeZone: 'UTC' } as never;
  const { messages } = await loadTooLargePage(database.db, viewer);
  expect(messages).toMatchObject([{ subject: 'A film', id: row!.id }]);
  const others = { id: root, groups: [], timeZone: 'UTC' } as never;
  expect((await loadTooLargePage(database.db, others)).messages).toEqual([]);
});

test('Super Administrators are told of a message without an owner', async () => {
  await deliver(big('who@else.example'));
  await poll();
  await leftAlone();
  expect(await rows()).toMatchObject([{ owner_id: null, from_address: 'who@else.example' }]);
  expect(await notices()).toEqual([{ user_id: root, kind: 'quarantined' }]);
});

test('raising the limit has it fetched, filed and put away; a lower rise does not', async () => {
  await deliver(big(DANA, 2.5));
  await poll();
  await leftAlone();
  const raise = async (mb: number) =>
    await database.db.transaction(async (trx) => {
      await trx('mailboxes').where({ id: mailboxId }).update({ max_message_mb: mb });
      const fetched = await fetchWhatFits(trx, mailboxId);
      await ringKeeper(trx, 'poll');
      return fetched;
    });
  expect(await raise(2)).toBe(0);
  expect(await raise(3)).toBe(1);
  await file();
  expect(await rows()).toMatchObject([{ outcome: 'unmatched', owner_id: dana, any_size: false }]);
  await poll();
  await until('it is put away', async () => (await rows())[0]?.state === 'acknowledged');
  expect(await rows()).toMatchObject([{ acknowledgement: 'deleted' }]);
  expect(await dovecot.list('Polled')).toEqual([]);
});

test('one is fetched over the limit because somebody says so, and others still are not', async () => {
  await deliver(big(DANA));
  await poll();
  await leftAlone();
  const [row] = await rows();
  expect(await database.db.transaction((trx) => tryMessageAgain(trx, row!.id))).toBe(true);
  await deliver(big(DANA, 2));
  await poll();
  await file();
  await until('both are decided', async () => (await rows()).every((one) => one.outcome !== null));
  expect((await rows()).map(({ reason }) => reason)).toEqual(['no-match', 'too-large']);
});

test('removed from the folder meanwhile, it is gone', async () => {
  const uid = await deliver(big(DANA));
  await poll();
  await leftAlone();
  await dovecot.expunge(String(uid), 'Polled');
  const [row] = await rows();
  await database.db.transaction((trx) => tryMessageAgain(trx, row!.id));
  await leftAlone('gone');
  expect(await rows()).toMatchObject([{ state: 'gone', outcome: null }]);
});

test('numbered anew, it has one row in the log, and nobody is told again', async () => {
  await deliver(big(DANA));
  await poll();
  await leftAlone();
  await database.db('notices').delete();
  await keeper.stop();
  await database.db('inbound_messages').update({ uidvalidity: 1 });
  await database.db('mailboxes').update({ uidvalidity: 1 });
  keeper = keeperOn(database);
  await keeper.tryStart();
  await until('it has a new row', async () => (await rows()).length === 2);
  expect((await rows()).map(({ state }) => state)).toEqual(['gone', 'acknowledged']);
  expect(await notices()).toEqual([]);
  const [old] = await rows();
  expect(await database.db.transaction((trx) => tryMessageAgain(trx, old!.id))).toBe(false);
});
