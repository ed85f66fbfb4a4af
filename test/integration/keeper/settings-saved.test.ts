import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createKeeper, type Keeper } from '../../../src/inbound/keeper.ts';
import type { KeeperDeps } from '../../../src/inbound/keeper-deps.ts';
import { pollMailbox } from '../../../src/inbound/poll-mailbox.ts';
import { ringKeeper } from '../../../src/ledger/poll-requests.ts';
import { StaleEpochError } from '../../../src/ledger/store-messages.ts';
import { findActiveMailbox } from '../../../src/mailbox-settings/mailbox-store.ts';
import { saveMailbox, type MailboxInput } from '../../../src/mailbox-settings/save-mailbox.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { until } from '../../support/until.ts';
import { addressOf } from '../imap/workbench.ts';
import { keeperDeps } from './keeper-tools.ts';

let database: TestDatabase;
let dovecot: Dovecot;
let deps: KeeperDeps;
let count = 0;
/** The folder that is set up at first, and the one that was meant. */
let folder = '';
let meant = '';
const keepers: Keeper[] = [];

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
  folder = `Wrong${count}`;
  meant = `Meant${count}`;
  await dovecot.createFolder(folder);
  await dovecot.createFolder(meant);
});
afterEach(async () => {
  await Promise.all(keepers.splice(0).map((keeper) => keeper.stop()));
});

async function save(changes: Partial<MailboxInput> = {}): Promise<void> {
  const { host, port, user, password } = dovecot;
  const saved = await saveMailbox(deps, {
    ...{ host, port, security: 'none', username: user, password, folder },
    ...{ archiveAddress: 'archive@crm.example', aliases: [] },
    ...{ after: { kind: 'delete' }, existing: 'archive' },
    ...changes,
  });
  expect(saved.kind).toBe('saved');
}

/** What happens once, when the first messages have been stored. */
function whenStored(happens: () => Promise<void>): KeeperDeps {
  let happened = false;
  return {
    ...deps,
    checkpoint: async (name) => {
      if (name !== 'originals-stored' || happened) return;
      happened = true;
      await happens();
    },
  };
}

async function keep(by: KeeperDeps): Promise<void> {
  const keeper = createKeeper(by);
  keepers.push(keeper);
  expect(await keeper.tryStart()).toBe(true);
}

const deliver = (messages: number) =>
  dovecot.deliverMany(
    Array.from({ length: messages }, (_, n) => Buffer.from(`Subject: ${n}\r\n\r\nHello\r\n`)),
    { folder },
  );
const rows = async () => (await database.db('inbound_messages')).length;
const polled = async (name: string) => {
  await until(`${name} is polled`, async () => {
    const mailbox = await findActiveMailbox(database.db);
    return mailbox?.folder === name && mailbox.last_success_at !== null;
  });
};

test('a folder that was entered by mistake is left alone from then on', async () => {
  await deliver(500);
  await save();
  let stored = 0;
  await keep(
    whenStored(async () => {
      stored = await rows();
      // As if all of it was filed: the next thing would be to delete it.
      const decided = { state: 'decided', outcome: 'ignored', reason: 'automatic' } as const;
      await database.db('inbound_messages').update(decided);
      await save({ folder: meant });
    }),
  );
  await polled(meant);
  expect(stored).toBeGreaterThan(0);
  expect(await rows()).toBe(stored);
  expect((await dovecot.list(folder)).length).toBe(500);
});

test('mail that was to be left alone, and is to be archived after all, is archived', async () => {
  await deliver(20);
  await save({ existing: 'skip' });
  await deliver(5);
  await keep(whenStored(() => save({ existing: 'archive' })));
  await until('all is stored', async () => (await rows()) === 25);
});

test('what is under way when settings are saved stores nothing more, also where nobody tells it', async () => {
  await deliver(300);
  await save({ existing: 'skip' });
  await deliver(300);
  const connection = await deps.connector.open(addressOf(dovecot, { folder }));
  const mailbox = await findActiveMailbox(database.db);
  const kept = {
    mailbox: mailbox!,
    epoch: mailbox!.epoch,
    connection,
    suspects: new Set<number>(),
  };
  const polling = pollMailbox(
    whenStored(() => save({ existing: 'archive' })),
    { ...kept, held: () => true },
  );
  await expect(polling).rejects.toThrow(StaleEpochError);
  expect(await findActiveMailbox(database.db)).toMatchObject({ cursor_uid: 0 });
  await connection.close();
});

test('a poll that a silent server holds up is not waited for', async () => {
  const proxy = await startTcpProxy(dovecot);
  try {
    proxy.on(/^UID FETCH .*BODY/, { kind: 'silence' });
    await deliver(1);
    await save({ port: proxy.port });
    await keep(deps);
    const fetches = () => proxy.commands.some((command) => command.startsWith('UID FETCH'));
    await until('the server is silent', fetches);
    await save({ folder: meant });
    await polled(meant);
  } finally {
    await proxy.stop();
  }
});

test('a keeper whose epoch is over finds out by itself who keeps the mailbox now', async () => {
  await save();
  await keep(deps);
  await polled(folder);
  const before = (await findActiveMailbox(database.db))!.epoch;
  await database.db('mailboxes').increment('epoch', 1);
  await deliver(1);
  await ringKeeper(database.db, 'poll');
  await until('it is stored', async () => (await rows()) === 1);
  expect((await findActiveMailbox(database.db))?.epoch).toBe(before + 2);
});
