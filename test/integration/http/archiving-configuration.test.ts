import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { imapflowConnector } from '../../../src/imap/imapflow-connector.ts';
import { findActiveMailbox } from '../../../src/mailbox-settings/mailbox-store.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

const PATH = '/admin/email/archiving';

let dovecot: Dovecot;
let web: TestWeb;
let admin: TestUser;
let agent: Agent;

beforeAll(async () => {
  dovecot = await startDovecot();
  for (const folder of ['Archived', 'Full', 'Later']) await dovecot.createFolder(folder);
  await dovecot.deliverMany(['Subject: One\r\n\r\n', 'Subject: Two\r\n\r\n'], { folder: 'Full' });
  web = await startTestWeb({ connector: imapflowConnector({ ca: dovecot.certificate }) });
  admin = await web.addUser('Ada Admin', 'administrators');
  agent = await web.signIn(admin);
});
afterAll(async () => {
  await web.close();
  await dovecot.stop();
});
afterEach(async () => {
  await web.db.raw('truncate mailboxes, audit_log, notices cascade');
  agent = await web.signIn(admin);
});

/** What the form sends when it is filled in as it should be. */
function typed(changes: Record<string, string> = {}): Record<string, string> {
  return {
    ...{ provider: 'other', host: 'localhost', port: String(dovecot.tlsPort), security: 'tls' },
    ...{ username: dovecot.user, password: dovecot.password, folder: 'INBOX' },
    ...{ archiveAddress: 'Archive@Firm.example', aliases: 'log@firm.example, old@firm.example' },
    ...{ after: 'move', afterFolder: 'Archived', pollSeconds: '120', enabled: 'yes' },
    maxMessageMb: '20',
    ...changes,
  };
}

const post = (path: string, fields: Record<string, string>) =>
  agent.post(`${PATH}${path}`).type('form').send(fields);
const saved = () => findActiveMailbox(web.db);

test('a password is typed once: wrong, right, tested, saved, and on no page', async () => {
  const wrong = await post('/test', typed({ password: 'not-the-password' })).expect(200);
  expect(wrong.text).toContain('Could not sign in. Nothing was saved.');
  expect(wrong.text).toContain('did not accept the user name archive');
  const well = await post('/test', typed()).expect(200);
  expect(well.text).toContain('Connection successful. Nothing is saved yet.');
  expect(well.text).toContain('Password entered, not saved yet.');
  expect(await saved()).toBeNull();
  await post('', typed({ password: '' })).expect(303, new RegExp(PATH));
  const mailbox = await saved();
  expect(mailbox).toMatchObject({
    ...{ host: 'localhost', security: 'tls', archive_address: 'archive@firm.example' },
    ...{ aliases: ['log@firm.example', 'old@firm.example'], poll_seconds: 120, enabled: true },
    max_message_mb: 20,
  });
  expect(web.deps.secrets.open(mailbox?.password_sealed ?? '')).toBe(dovecot.password);
  const page = await agent.get(PATH).expect(200);
  expect(page.text).toContain('Mail to archive@firm.example is archived from now on.');
  expect(page.text).toContain('Saved. Leave empty to keep it.');
  const told = [wrong, well, page].map(({ text }) => text).join() + web.lines.join();
  expect(told).not.toContain(dovecot.password);
  expect(told).not.toContain('not-the-password');
  const sessions = JSON.stringify(await web.db('sessions').select('*'));
  expect(sessions).not.toContain(dovecot.password);
});

test('a stored or tested password goes nowhere but where it was typed for', async () => {
  await post('', typed({ existing: 'archive' })).expect(303);
  const changes = [
    { host: '127.0.0.1' },
    { port: String(dovecot.port), security: 'starttls' },
    { security: 'none' },
    { username: 'somebody' },
  ];
  for (const change of changes) {
    for (const path of ['/test', '']) {
      const asked = await post(path, typed({ password: '', ...change })).expect(422);
      expect(asked.text, JSON.stringify(change)).toContain('Enter the password.');
    }
  }
  const kept = await post('/test', typed({ password: '' })).expect(200);
  expect(kept.text).toContain('Connection successful');
  expect(await saved()).toMatchObject({ host: 'localhost', username: dovecot.user });
  // Another folder is another mailbox, but the same place to sign in to.
  await post('', typed({ password: '', folder: 'Later' })).expect(303);
  expect(await saved()).toMatchObject({ folder: 'Later' });
});

test('a tested password is of no use to another session', async () => {
  await post('/test', typed()).expect(200);
  const other = await web.signIn(admin);
  const asked = await other
    .post(PATH)
    .type('form')
    .send(typed({ password: '' }));
  expect(asked.status).toBe(422);
});

test('mail that is there already is asked about, and the password is not', async () => {
  const tested = await post('/test', typed({ folder: 'Full' })).expect(200);
  expect(tested.text).toContain('The folder already holds 2 messages.');
  const asked = await post('', typed({ folder: 'Full', password: '' })).expect(422);
  expect(asked.text).toContain('Choose what shall become of the messages that are there');
  await post('', typed({ folder: 'Full', password: '', existing: 'skip' })).expect(303);
  expect(await saved()).toMatchObject({ existing: 'skip', skip_through_uid: 2 });
});

test.each([
  [{ host: '' }, 'Enter the host name'],
  [{ host: 'imap.firm.example\r\nX' }, 'This is no host name'],
  [{ host: 'https://imap.firm.example/' }, 'This is no host name'],
  [{ host: 'fe80::1%eth0' }, 'This is no host name'],
  [{ port: '0' }, 'Enter a port'],
  [{ port: '65536' }, 'Enter a port'],
  [{ port: '99e1' }, 'Enter a port'],
  [{ security: 'ssl' }, 'Choose how the connection is secured'],
  [{ username: '' }, 'Enter the user name'],
  [{ username: 'archive\r\na1 DELETE INBOX' }, 'A user name is one line'],
  [{ password: 'x\r\na1 DELETE INBOX' }, 'A password is one line'],
  [{ folder: ' ' }, 'Enter the folder'],
  [{ folder: 'INBOX"\r\na1 DELETE INBOX' }, 'A folder name is one line'],
  [{ afterFolder: '' }, 'Enter the folder that archived messages'],
  [{ afterFolder: 'A\0B' }, 'A folder name is one line'],
  [{ afterFolder: 'inbox' }, 'Choose another folder'],
  [{ after: 'burn' }, 'Choose what to do with a message'],
  [{ archiveAddress: 'archive@firm.example\r\nBcc: x@y.example' }, 'This is no email address'],
  [{ archiveAddress: '' }, 'the user name is no address'],
  [{ aliases: 'one@firm.example, two' }, 'Enter at most 50 email addresses'],
  [{ pollSeconds: '5' }, 'Choose how often to look'],
  [{ pollSeconds: '9e9' }, 'Choose how often to look'],
  [{ maxMessageMb: '0' }, 'Enter a whole number of megabytes'],
  [{ maxMessageMb: '101' }, 'Enter a whole number of megabytes'],
])('refuses %j in its place, and keeps the rest', async (change, sentence) => {
  const answer = await post('', typed(change)).expect(422);
  expect(answer.text).toContain(sentence);
  expect(answer.text).toContain('invalid-feedback');
  expect(answer.text).not.toContain(dovecot.password);
  if (!('aliases' in change)) expect(answer.text).toContain('log@firm.example, old@firm.example');
  expect(await saved()).toBeNull();
});

test('lists in place of fields are no fields', async () => {
  const body = new URLSearchParams(typed());
  body.append('host', 'other.example');
  body.append('password', 'other');
  const answer = await agent.post(PATH).type('form').send(body.toString());
  expect(answer.status).toBe(422);
});

test('without a script a button fills in the server of a provider', async () => {
  const filled = await post('/provider', typed({ provider: 'fastmail' })).expect(200);
  expect(filled.text).toContain('value="imap.fastmail.com"');
  expect(filled.text).toContain('value="993"');
  expect(filled.text).toMatch(/data-hint="fastmail">Fastmail needs an app password/);
});

test('switching it off is saved, told, and audited with who did it', async () => {
  const fields = typed({ existing: 'archive' });
  delete fields.enabled;
  await post('', fields).expect(303);
  expect(await saved()).toMatchObject({ enabled: false });
  const page = await agent.get(PATH);
  expect(page.text).toContain('Archiving is switched off');
  await agent.post(`${PATH}/poll`).expect(303);
  expect(await web.db('poll_requests')).toEqual([]);
  const [entry] = await web.db('audit_log');
  expect(entry).toMatchObject({ actor_id: admin.id, action: 'mailbox.saved' });
  expect(JSON.stringify(entry)).not.toMatch(/sealed|archive-secret/);
});

test('a poll can be asked for', async () => {
  await post('', typed({ existing: 'archive' })).expect(303);
  await agent.post(`${PATH}/poll`).expect(303);
  expect(await web.db('poll_requests')).toHaveLength(1);
  const panel = await agent.get(`${PATH}/health`).expect(200);
  expect(panel.text).toContain('Polling …');
  expect(panel.text).toContain('hx-trigger="every 3s"');
  expect(panel.text).not.toContain('<html');
});

test('only administrators come near it', async () => {
  const user = await web.signIn(await web.addUser('Una User'));
  for (const path of ['', '/health']) await user.get(PATH + path).expect(403);
  for (const path of ['', '/test', '/provider', '/poll']) {
    await user
      .post(PATH + path)
      .type('form')
      .send(typed())
      .expect(403);
  }
  expect(await saved()).toBeNull();
  await web
    .visitor()
    .get(PATH)
    .expect(303, /sign-in/);
});
