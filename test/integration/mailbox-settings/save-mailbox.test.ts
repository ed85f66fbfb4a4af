import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createSecretBox } from '../../../src/config/secret-box.ts';
import { imapflowConnector } from '../../../src/imap/imapflow-connector.ts';
import { findActiveMailbox } from '../../../src/mailbox-settings/mailbox-store.ts';
import { recordPollProblem } from '../../../src/mailbox-settings/mailbox-health.ts';
import { saveMailbox, type MailboxInput } from '../../../src/mailbox-settings/save-mailbox.ts';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { saveOutgoing } from '../../../src/outgoing/save-outgoing.ts';
import { createUser } from '../../../src/users/create-user.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const secrets = createSecretBox('a key of at least thirty-two characters');

let database: TestDatabase;
let dovecot: Dovecot;

beforeAll(async () => {
  database = await createTestDatabase();
  dovecot = await startDovecot();
});
afterAll(async () => {
  await dovecot.stop();
  await database.drop();
});
afterEach(async () => {
  await database.db.raw('truncate mailboxes, audit_log, notices cascade');
  await database.db('settings').where({ key: 'outgoing-mail' }).delete();
});

async function save(changes: Partial<MailboxInput> = {}) {
  const { host, port, user, password } = dovecot;
  const deps = { db: database.db, secrets, connector: imapflowConnector() };
  return await saveMailbox(deps, {
    ...{ host, port, security: 'none', username: user, password, folder: 'INBOX' },
    ...{ archiveAddress: 'archive@crm.example', aliases: ['log@crm.example'] },
    ...{ after: { kind: 'delete' }, existing: 'archive' },
    ...changes,
  });
}

const saved = () => findActiveMailbox(database.db);

test('what is saved is active; its password is sealed, and nowhere in the audit log', async () => {
  expect((await save()).kind).toBe('saved');
  const mailbox = await saved();
  expect(mailbox?.password_sealed).not.toContain(dovecot.password);
  expect(secrets.open(mailbox?.password_sealed ?? '')).toBe(dovecot.password);
  const audit = await database.db('audit_log');
  expect(audit).toMatchObject([{ action: 'mailbox.saved', detail: { username: dovecot.user } }]);
  expect(JSON.stringify(audit)).not.toMatch(/password|sealed/i);
  expect(JSON.stringify(audit)).not.toContain(dovecot.password);
});

test('without a password the stored one is kept, for that server and user alone', async () => {
  expect((await save({ password: null })).kind).toBe('password-needed');
  await save();
  expect((await save({ password: null })).kind).toBe('saved');
  expect(secrets.open((await saved())?.password_sealed ?? '')).toBe(dovecot.password);
  expect((await save({ password: null, host: 'localhost' })).kind).toBe('password-needed');
  expect((await save({ password: null, port: 1 })).kind).toBe('password-needed');
});

test.each(['INBOX', 'inbox', 'Inbox'])(
  'messages are not moved to where they are: %s',
  async (to) => {
    expect((await save({ after: { kind: 'move', folder: to } })).kind).toBe('same-folder');
    expect(await saved()).toBeNull();
  },
);

test('INBOX and the host name are the same in any case: it is one mailbox', async () => {
  const one = await save({ host: 'localhost' });
  const other = await save({ host: 'LocalHost', folder: 'Inbox' });
  expect(other).toEqual(one);
  expect(await saved()).toMatchObject({ host: 'localhost', folder: 'INBOX' });
});

test('outgoing mail must not come from an address that is archived, nor the reverse', async () => {
  const from = 'crm@firm.example';
  const server = { host: 'smtp.firm.example', port: 25, security: 'none' } as const;
  const outgoing = { ...server, username: null, password: null };
  await writeOutgoingSettings(database.db, secrets, { ...outgoing, from });
  for (const change of [{ archiveAddress: from }, { aliases: [from] }, { username: from }]) {
    expect((await save(change)).kind).toBe('sends-from-archive');
  }
  await database.db('settings').where({ key: 'outgoing-mail' }).delete();
  await save({ username: from });
  for (const address of ['archive@crm.example', 'log@crm.example', from]) {
    const result = await saveOutgoing({ db: database.db, secrets }, { ...outgoing, from: address });
    expect([address, result]).toEqual([address, 'from-is-archive']);
  }
});

test('what to do with mail that is there must be said, unless there is none', async () => {
  await dovecot.createFolder('Empty');
  await dovecot.createFolder('Full');
  await dovecot.deliverMany(['Subject: One\r\n\r\n', 'Subject: Two\r\n\r\n'], { folder: 'Full' });
  expect((await save({ folder: 'Empty', existing: null })).kind).toBe('saved');
  expect(await saved()).toMatchObject({ existing: 'archive', skip_through_uid: null });
  expect(await save({ folder: 'Full', existing: null })).toEqual({
    kind: 'existing-needed',
    messages: 2,
  });
  expect(await saved()).toMatchObject({ folder: 'Empty' });
  expect((await save({ folder: 'Full', existing: 'skip' })).kind).toBe('saved');
  expect(await saved()).toMatchObject({ existing: 'skip', skip_through_uid: 2 });
  await dovecot.deliver('Subject: Three\r\n\r\n', { folder: 'Full' });
  expect((await save({ folder: 'Full', existing: null })).kind, 'it is known').toBe('saved');
  expect(await saved(), 'its beginning stays').toMatchObject({ skip_through_uid: 2 });
  await save({ folder: 'Full', existing: 'archive' });
  expect(await saved()).toMatchObject({ existing: 'archive', skip_through_uid: null });
});

test('a server that can’t be looked into leaves everything as it was', async () => {
  await save();
  const before = await saved();
  const result = await save({ password: 'wrong', folder: 'Other', existing: 'skip' });
  expect(result).toMatchObject({ kind: 'unreachable' });
  expect(JSON.stringify(result)).not.toContain('wrong"');
  expect(await saved()).toEqual(before);
});

test('trouble with the mailbox as it was is forgotten', async () => {
  const admin = { name: 'Olga', email: 'olga@firm.example', passwordHash: null };
  await createUser(database.db, { ...admin, groups: ['administrators'] });
  await save();
  const id = (await saved())?.id ?? 0;
  await recordPollProblem(database.db, id, { sentence: 'The password is wrong.', lasting: true });
  expect((await database.db('notices')).length).toBe(1);
  await save();
  expect(await saved()).toMatchObject({ id, problem: null, failures: 0, next_try_at: null });
  expect(await database.db('notices')).toEqual([]);
});

test('what could not be fetched from a mailbox that is left is forgotten, and fetched if it returns', async () => {
  const { db } = database;
  await save();
  const first = (await saved())?.id ?? 0;
  await db('mailboxes').where({ id: first }).update({ uidvalidity: 7, cursor_uid: 9 });
  const row = { mailbox_id: first, uidvalidity: 7, epoch: 1, state: 'failed', size: 0 } as const;
  await db('inbound_messages').insert([
    { ...row, uid: 5, error: 'It could not be fetched.' },
    { ...row, uid: 8, error: 'Neither could it.' },
    { ...row, uid: 6, state: 'gone' },
  ]);
  await save();
  expect(await db('inbound_messages').pluck('uid').orderBy('uid'), 'saved again').toEqual([
    5, 6, 8,
  ]);
  await dovecot.createFolder('Elsewhere');
  await save({ folder: 'Elsewhere' });
  expect(await db('inbound_messages').pluck('uid')).toEqual([6]);
  await save();
  expect(await saved()).toMatchObject({ id: first, cursor_uid: 4 });
});
