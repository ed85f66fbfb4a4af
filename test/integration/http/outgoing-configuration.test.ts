import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { insertMailbox } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

const PATH = '/admin/email/outgoing';
const PASSWORD = 'smtp-secret';

let smtp: SmtpSink;
let web: TestWeb;
let admin: TestUser;
let agent: Agent;

beforeAll(async () => {
  smtp = await startSmtpSink({ auth: { user: 'crm', password: PASSWORD } });
  web = await startTestWeb();
  admin = await web.addUser('Ada Admin', 'administrators');
  agent = await web.signIn(admin);
});
afterAll(async () => {
  await web.close();
  await smtp.stop();
});
afterEach(async () => {
  smtp.behave({});
  await web.db('settings').where({ key: 'outgoing-mail' }).delete();
  await web.db.raw('truncate audit_log, mailboxes cascade');
});

function typed(changes: Record<string, string> = {}): Record<string, string> {
  return {
    ...{ host: '127.0.0.1', port: String(smtp.port), security: 'none', username: 'crm' },
    ...{ password: PASSWORD, from: 'crm@firm.example', to: admin.address, ...changes },
  };
}

const post = async (path: string, fields: Record<string, string>) => {
  return await agent.post(`${PATH}${path}`).type('form').send(fields);
};
const saved = () => readOutgoingSettings(web.db, web.deps.secrets);

test('a test sends a mail with what is typed, and the password is typed once', async () => {
  const tested = await post('/test', typed());
  expect(tested.text).toContain('The test mail was sent. Nothing is saved yet.');
  expect(smtp.received.at(-1)).toMatchObject({ to: [admin.address] });
  expect(smtp.received.at(-1)?.headers.from).toContain('crm@firm.example');
  expect(await saved()).toBeNull();
  expect((await post('', typed({ password: '' }))).status).toBe(303);
  expect(await saved()).toMatchObject({ username: 'crm', password: PASSWORD });
  const page = await agent.get(PATH);
  expect(page.text).toContain('Letterbook sends from crm@firm.example');
  expect(tested.text + page.text + web.lines.join()).not.toContain(PASSWORD);
  const [entry] = await web.db('audit_log');
  expect(entry).toMatchObject({ actor_id: admin.id, action: 'outgoing.saved' });
  expect(JSON.stringify(entry)).not.toContain(PASSWORD);

  for (const change of [{ host: 'localhost' }, { port: '1' }, { username: 'root' }]) {
    const asked = await post('/test', typed({ password: '', ...change }));
    expect([asked.status, asked.text.includes('Enter the password of this user name')]).toEqual([
      422,
      true,
    ]);
  }
  expect((await agent.get('/admin/email/outgoing')).text).toContain(
    'href="/admin/email/outgoing/remove"',
  );
  const asked = await agent.get('/admin/email/outgoing/remove').expect(200);
  expect(asked.text).toContain('Remove Outgoing Mail?');
  expect(asked.text).toContain(typed({}).from);
  expect(await saved()).not.toBeNull();
  expect((await post('/remove', {})).status).toBe(303);
  expect(await saved()).toBeNull();
  await agent.get('/admin/email/outgoing/remove').expect(303);
});

test('a From that is archived is refused, and so is what no mail can have', async () => {
  await insertMailbox(web.db, { archive_address: 'archive@firm.example' });
  for (const path of ['', '/test']) {
    const answer = await post(path, typed({ from: 'Archive@Firm.example' }));
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('This address belongs to the archive mailbox');
  }
  const wrong = [
    { from: '' },
    { from: 'a@b.example\r\nBcc: x@y.example' },
    { port: 'x' },
    { host: '' },
  ];
  for (const change of wrong) expect((await post('', typed(change))).status).toBe(422);
  expect((await post('/test', typed({ to: 'nobody' }))).status).toBe(422);
  expect(await saved()).toBeNull();
});

test('each trouble has its own sentence', async () => {
  const closed = await startScriptedServer(() => undefined);
  await closed.stop();
  const web80 = await startScriptedServer((socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n'));
  const tls = await startSmtpSink({ security: 'tls' });
  const situations: [string, Record<string, string>, Parameters<SmtpSink['behave']>[0]?][] = [
    ['no server named', { host: 'nowhere.invalid' }],
    ['takes no connections', { port: String(closed.port) }],
    ['cloud metadata', { host: '169.254.169.254' }],
    ['does not greet like a mail server', { port: String(web80.port) }],
    ['does not begin with SSL/TLS', { security: 'tls' }],
    ['offers no STARTTLS', { security: 'starttls' }],
    ['shows a certificate that no known authority', { port: String(tls.port), security: 'tls' }],
    ['did not accept the user name crm', { password: 'wrong' }],
    ['does not let this account send from', {}, { rejectSender: () => '550 not yours' }],
    ['takes no mail for', {}, { rejectRecipient: () => '550 relay denied' }],
    ['puts the mail off', {}, { failAtData: 'tempfail' }],
    ['refused the mail itself', {}, { failAtData: 'refuse' }],
    ['ended before the server confirmed', {}, { failAtData: 'cut' }],
  ];
  try {
    const told = new Set<string>();
    for (const [sentence, change, behaviour] of situations) {
      smtp.behave(behaviour ?? {});
      const { text } = await post('/test', typed(change));
      const failed = /<strong>([^<]*)<\/strong>/.exec(text)?.[1] ?? '';
      expect(failed).toContain(sentence);
      told.add(failed.replace(/\(.*\)/, '').replace(/\d+/g, ''));
    }
    expect(told.size).toBe(situations.length);
  } finally {
    await Promise.all([web80.stop(), tls.stop()]);
  }
}, 60_000);
