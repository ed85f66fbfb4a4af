import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OpenMailbox } from '../../../src/imap/mailbox.ts';
import { acknowledgeDecided } from '../../../src/inbound/acknowledge-decided.ts';
import type { KeptMailbox, PollDeps } from '../../../src/inbound/kept-mailbox.ts';
import { pollMailbox } from '../../../src/inbound/poll-mailbox.ts';
import { StaleEpochError } from '../../../src/ledger/store-messages.ts';
import { findActiveMailbox } from '../../../src/mailbox-settings/mailbox-store.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { addressOf } from '../imap/workbench.ts';
import { keeperDeps, saveMailboxRow } from './keeper-tools.ts';

let database: TestDatabase;
let dovecot: Dovecot;
let deps: PollDeps;
let connection: OpenMailbox;
let folder = '';
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  dovecot = await startDovecot();
  deps = keeperDeps(database);
});
afterAll(async () => {
  await dovecot.stop();
  await database.drop();
});
beforeEach(async () => {
  await database.db.raw('truncate mailboxes, originals cascade');
  count += 1;
  folder = `Folder${count}`;
  await dovecot.createFolder(folder);
  await saveMailboxRow(database.db, dovecot, { folder });
  connection = await keeperDeps(database).connector.open(addressOf(dovecot, { folder }));
});
afterEach(() => connection.close());

/** The mailbox as the keeper of that epoch has it. */
async function keptIn(epoch: number, held: () => boolean = () => true): Promise<KeptMailbox> {
  const mailbox = await findActiveMailbox(database.db);
  if (!mailbox) throw new Error('There is no mailbox.');
  return { mailbox, epoch, connection, suspects: new Set(), held };
}

const MAIL = 'From: dana@firm.example\r\nSubject: Chairs\r\n\r\nHello\r\n';
const takeOver = () => database.db('mailboxes').increment('epoch', 1);
const rows = async () => await database.db('inbound_messages').orderBy('uid');

test('the keeper of this epoch stores and acknowledges', async () => {
  await dovecot.deliver(MAIL, { folder });
  expect(await pollMailbox(deps, await keptIn(0))).toBe(1);
  const decided = { state: 'decided', outcome: 'ignored', reason: 'automatic' } as const;
  await database.db('inbound_messages').update(decided);
  await pollMailbox(deps, await keptIn(0));
  expect(await rows()).toMatchObject([{ state: 'acknowledged', acknowledgement: 'deleted' }]);
  expect(await dovecot.list(folder)).toEqual([]);
});

test('what is to read is told of new mail before that is stored, and only of new mail', async () => {
  const seen: string[] = [];
  const telling = {
    ...deps,
    checkpoint: (name: string) => {
      if (name === 'originals-stored') seen.push('stored');
    },
    mailComes: () => {
      seen.push('mail comes');
    },
  };
  await pollMailbox(telling, await keptIn(0));
  expect(seen).toEqual([]);
  await dovecot.deliver(MAIL, { folder });
  await pollMailbox(telling, await keptIn(0));
  await pollMailbox(telling, await keptIn(0));
  expect(seen).toEqual(['mail comes', 'stored']);
});

test('one of an earlier epoch stores nothing', async () => {
  await pollMailbox(deps, await keptIn(0));
  await dovecot.deliver(MAIL, { folder });
  await dovecot.deliver(`X-Big: ${'x'.repeat(900)}\r\n${MAIL}${'y'.repeat(5_000_000)}`, { folder });
  await takeOver();
  await expect(pollMailbox(deps, await keptIn(0))).rejects.toThrow(StaleEpochError);
  expect(await rows()).toEqual([]);
  expect(await database.db('originals')).toEqual([]);
  expect(await pollMailbox(deps, await keptIn(1))).toBe(2);
});

test.each([
  ['small', MAIL],
  ['large', `${MAIL}${'y'.repeat(5_000_000)}`],
])(
  'one that is frozen while it stores a %s mail keeps nobody from taking over',
  async (_, mail) => {
    await dovecot.deliver(mail, { folder });
    const { putAll, putStream } = deps.originals;
    const frozen = {
      ...deps,
      originals: {
        ...deps.originals,
        // Another connection: it would wait for what this transaction has locked.
        async putAll(...args: Parameters<typeof putAll>) {
          const ids = await putAll(...args);
          await takeOver();
          return ids;
        },
        async putStream(...args: Parameters<typeof putStream>) {
          const original = await putStream(...args);
          await takeOver();
          return original;
        },
      },
    };
    await expect(pollMailbox(frozen, await keptIn(0))).rejects.toThrow(StaleEpochError);
    expect(await rows()).toEqual([]);
    expect(await database.db('originals')).toEqual([]);
  },
);

test('one of an earlier epoch puts nothing away', async () => {
  await dovecot.deliver(MAIL, { folder });
  await pollMailbox(deps, await keptIn(0));
  const decided = { state: 'decided', outcome: 'ignored', reason: 'automatic' } as const;
  const [row] = await database.db('inbound_messages').update(decided).returning('uidvalidity');
  const kept = await keptIn(0);
  await takeOver();
  const state = { mailboxId: kept.mailbox.id, epoch: 0, uidValidity: row?.uidvalidity ?? 0 };
  await expect(acknowledgeDecided(deps, kept, state)).rejects.toThrow(StaleEpochError);
  expect(await rows()).toMatchObject([{ state: 'decided' }]);
  expect((await dovecot.list(folder)).length).toBe(1);
});

test('one that is taken over while the server answers marks nothing', async () => {
  await dovecot.deliver(MAIL, { folder });
  await pollMailbox(deps, await keptIn(0));
  const decided = { state: 'decided', outcome: 'ignored', reason: 'automatic' } as const;
  await database.db('inbound_messages').update(decided);
  const woken = {
    ...deps,
    checkpoint: async (name: string) => {
      if (name === 'acknowledged-on-server') await takeOver();
    },
  };
  await expect(pollMailbox(woken, await keptIn(0))).rejects.toThrow(StaleEpochError);
  expect(await rows()).toMatchObject([{ state: 'decided' }]);
  // The next keeper finds it gone, which is what was wanted.
  await pollMailbox(deps, await keptIn(1));
  expect(await rows()).toMatchObject([{ state: 'acknowledged', acknowledgement: 'deleted' }]);
});

test('one that does not trust its lock any more touches nothing', async () => {
  await dovecot.deliver(MAIL, { folder });
  await expect(pollMailbox(deps, await keptIn(0, () => false))).rejects.toThrow(StaleEpochError);
  expect(await rows()).toEqual([]);
});
