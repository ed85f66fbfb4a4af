import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTrustSettings } from '../../../src/senders/trust-settings.ts';
import { createInstallation, type Installation } from '../../support/installation.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { failing, MAILBOX, OUTGOING, printed, withOptions } from './commands.ts';

const SECRET = 'correct horse battery staple';
const MAILBOX_ENV = { env: { LETTERBOOK_MAILBOX_PASSWORD: SECRET } };
const OUTGOING_ENV = { env: { LETTERBOOK_OUTGOING_PASSWORD: SECRET } };

let installation: Installation;
let dovecot: Dovecot;
let smtp: SmtpSink;
/** Everything that any command has said. */
let said = '';

beforeAll(async () => {
  const plain = await createInstallation({ LOG_LEVEL: 'trace' });
  installation = {
    ...plain,
    async run(args, options) {
      const result = await plain.run(args, options);
      said += result.stdout + result.stderr;
      return result;
    },
  };
  dovecot = await startDovecot({ users: { archive: SECRET } });
  smtp = await startSmtpSink({ auth: { user: 'crm', password: SECRET } });
});
afterAll(async () => {
  await installation.remove();
  await dovecot.stop();
  await smtp.stop();
});

const mailboxes = async () => await installation.db('mailboxes');
const AT_DOVECOT = () =>
  withOptions(MAILBOX, { host: dovecot.host, port: String(dovecot.port), security: 'none' });

test('before anything is set up, each command says what to set up first', async () => {
  const ask = (...args: string[]) => failing(installation, 1, args);
  expect(await Promise.all([ask('mailbox', 'test'), ask('poll')])).toEqual([
    'No mailbox is set up: use "mailbox set" first.',
    'No mailbox is set up: use "mailbox set" first.',
  ]);
  expect(await ask('outgoing', 'test', '--to', 'a@b.example')).toBe(
    'Outgoing mail is not set up: use "outgoing set" first.',
  );
});

test('a mailbox that can’t be saved is not saved', async () => {
  const refused = [
    failing(installation, 2, MAILBOX),
    failing(installation, 2, withOptions(MAILBOX, { after: 'move:inbox' }), MAILBOX_ENV),
    failing(
      installation,
      1,
      withOptions(AT_DOVECOT(), { port: '1', existing: 'skip' }),
      MAILBOX_ENV,
    ),
  ];
  expect(await Promise.all(refused)).toEqual([
    'Set LETTERBOOK_MAILBOX_PASSWORD to the password of this mailbox.',
    'Archived messages must be moved to another folder than the polled one.',
    expect.stringMatching(
      /^Nothing was saved, since the folder could not be looked into: .*port 1/,
    ),
  ]);
  expect(await mailboxes()).toEqual([]);
});

test('a mailbox with mail in it needs to be told what to do with it', async () => {
  await dovecot.deliver('Subject: Old\r\n\r\n');
  const args = AT_DOVECOT().slice(0, -2);
  expect(await failing(installation, 2, args, MAILBOX_ENV)).toBe(
    'The folder already holds mail (messages: 1): add --existing archive to archive them, or --existing skip to start from now.',
  );
});

test('a mailbox is saved, and tested without a change', async () => {
  const saved = await printed(installation, AT_DOVECOT(), MAILBOX_ENV);
  expect(saved).toMatch(/^Saved: archive at 127\.0\.0\.1, folder INBOX\. Try it with: /);
  expect(await mailboxes()).toMatchObject([
    { archive_address: 'archive@firm.example', aliases: ['log@firm.example'], active: true },
  ]);
  const checks = await printed(installation, ['mailbox', 'test']);
  expect(checks).toMatch(/^ok +\S/);
  expect(checks).toContain('There is no folder Done yet: Letterbook creates it');
  expect(checks).not.toMatch(/FAILED/);
  expect((await dovecot.list())[0]?.flags).not.toContain('\\Seen');
});

test('what is asked of senders is saved with the mailbox; what is not said stays as it is', async () => {
  const { db } = installation;
  const before = await readTrustSettings(db);
  const set = (changes: Record<string, string>) =>
    printed(installation, withOptions(AT_DOVECOT(), changes), MAILBOX_ENV);
  await set({ trust: 'require', 'authserv-id': 'MX.firm.example' });
  const required = { ...before, policy: 'require', authservId: 'mx.firm.example' };
  expect(await readTrustSettings(db)).toEqual(required);
  await set({ trust: 'off' });
  expect(await readTrustSettings(db)).toEqual({ ...required, policy: 'off' });
  await set({ 'authserv-id': 'mx2.firm.example' });
  const off = { ...required, policy: 'off', authservId: 'mx2.firm.example' };
  expect(await readTrustSettings(db)).toEqual(off);
  const wrong = withOptions(AT_DOVECOT(), { trust: 'sometimes' });
  expect(await failing(installation, 2, wrong, MAILBOX_ENV)).toMatch(/off, warn, require/);
  const blank = withOptions(AT_DOVECOT(), { 'authserv-id': 'two words' });
  expect(await failing(installation, 2, blank, MAILBOX_ENV)).toMatch(/one name without blanks/);
  expect(await readTrustSettings(db)).toEqual(off);
});

test('outgoing mail is saved, and tested by a mail', async () => {
  expect(await failing(installation, 2, OUTGOING)).toBe(
    'Set LETTERBOOK_OUTGOING_PASSWORD to the password of this user name.',
  );
  const from = withOptions(OUTGOING, { from: 'Log@firm.example' });
  expect(await failing(installation, 2, from, OUTGOING_ENV)).toMatch(
    /^log@firm\.example belongs to the archive mailbox, .*: choose another --from\.$/,
  );
  const at = { host: smtp.host, port: String(smtp.port), security: 'none' };
  await printed(installation, withOptions(OUTGOING, at), OUTGOING_ENV);
  const done = await printed(installation, ['outgoing', 'test', '--to', 'Dana@Firm.example']);
  expect(done).toContain('A test mail to dana@firm.example was handed to 127.0.0.1.\n');
  expect(smtp.received).toMatchObject([
    { envelopeFrom: 'crm@firm.example', to: ['dana@firm.example'] },
  ]);
  const taken = withOptions(AT_DOVECOT(), { 'archive-address': 'crm@firm.example' });
  expect(await failing(installation, 2, taken, MAILBOX_ENV)).toMatch(
    /^Outgoing mail comes from crm@firm\.example, .*: change one of them\.$/,
  );
});

test('a wrong password fails the tests, each with what to do about it', async () => {
  const wrong = 'entirely wrong';
  await installation.run(AT_DOVECOT(), { env: { LETTERBOOK_MAILBOX_PASSWORD: wrong } });
  expect(await failing(installation, 1, ['mailbox', 'test'])).toMatch(/user name archive/);
  expect(await failing(installation, 1, ['poll'])).toMatch(/user name archive/);
  const at = { host: smtp.host, port: String(smtp.port), security: 'none' };
  const env = { LETTERBOOK_OUTGOING_PASSWORD: wrong };
  await installation.run(withOptions(OUTGOING, at), { env });
  await failing(installation, 1, ['outgoing', 'test', '--to', 'a@b.example']);
  expect(said).not.toContain(wrong);
});

test('no password was said, logged or stored by any of these', async () => {
  expect(said).not.toContain(SECRET);
  const server = await installation.serve('start');
  await server.stop();
  expect(server.output()).not.toContain(SECRET);
  for (const table of ['mailboxes', 'settings', 'audit_log', 'notices', 'poll_requests']) {
    const { rows } = await installation.db.raw<{ rows: { row: string }[] }>(
      `select t::text as row from ${table} t`,
    );
    expect(JSON.stringify(rows), table).not.toContain(SECRET);
    expect(JSON.stringify(rows), table).not.toContain(Buffer.from(SECRET).toString('base64'));
  }
  const audit = await installation.db('audit_log').distinct().orderBy('action').pluck('action');
  expect(audit).toEqual(['mailbox.saved', 'outgoing.saved', 'senders.saved']);
});

test('a password that was sealed under another key says so', async () => {
  const env = { LETTERBOOK_SECRET_KEY: 'another key of thirty-two characters' };
  expect(await failing(installation, 1, ['mailbox', 'test'], { env })).toMatch(
    /^A stored password was encrypted under another key: .*set the password again\.$/,
  );
});
