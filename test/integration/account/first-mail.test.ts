import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { addMailbox, addMessage } from './first-mail-rows.ts';

let web: TestWeb;
let una: TestUser;
let user: Agent;
let admin: Agent;
let mailboxId: number;

const PAGE = '/set-up/first-mail';

beforeAll(async () => {
  web = await startTestWeb();
  una = await web.addUser('Una User');
  user = await web.signIn(una);
  admin = await web.signIn(await web.addUser('Ada Admin', 'administrators'));
});

afterAll(async () => {
  await web.close();
});

test('without a mailbox administrators are led to it', async () => {
  expect((await user.get(PAGE).expect(200)).text).toContain('An administrator sets it up first');
  expect((await admin.get(PAGE).expect(200)).text).toContain('href="/admin/email/archiving"');
  await web.visitor().get(PAGE).expect(303);
  mailboxId = await addMailbox(web.db);
});

test('says where to send the test, and from which addresses', async () => {
  await web.db('user_addresses').insert({ user_id: una.id, address: 'una@home.example' });
  const { text } = await user.get(PAGE).expect(200);
  expect(text).toContain('archive@northquay.example');
  expect(text).toContain(`<strong>${una.address}</strong>`);
  expect(text).toContain('Not confirmed yet: una@home.example');
  expect(text).toContain('has not been looked into since');
  expect(text).toContain('at the latest');
});

test('a browser that knows all is told nothing', async () => {
  const { text } = await user.get(PAGE);
  const look = /hx-get="(\/set-up[^"]+)"/.exec(text)![1]!.replaceAll('&amp;', '&');
  await user.get(look).expect(204);
  await web.db('mailboxes').update({ last_success_at: new Date(Date.now() + 60_000) });
  const later = await user.get(look).expect(200);
  expect(later.text).not.toContain('has not been looked into since');
});

test('administrators read what is wrong and who was rejected, users only that something is', async () => {
  await web.db('mailboxes').update({ problem: 'The password is wrong.' });
  await addMessage(web.db, mailboxId, { outcome: 'rejected', from: 'una@work.example' });
  const forAdmin = (await admin.get(PAGE)).text;
  expect(forAdmin).toContain('The password is wrong.');
  expect(forAdmin).toContain('A mail came from una@work.example and was rejected');
  const forUser = (await user.get(PAGE)).text;
  expect(forUser).toContain('Administrators are told');
  expect(forUser).not.toContain('The password is wrong.');
  expect(forUser).not.toContain('una@work.example');
  await web.db('mailboxes').update({ problem: null });
});

test('another user’s mail is not shown', async () => {
  const other = await web.addUser('Otto Other');
  await addMessage(web.db, mailboxId, { outcome: 'unmatched', ownerId: other.id });
  const { text } = await user.get(PAGE);
  expect(text).toContain('Waiting for your mail');
});

test.each([
  ['ignored', null, /It was ignored/],
  ['quarantined', null, /It was put aside/],
  ['unmatched', 'unmatched', /waits in Data Cleanup[\s\S]*href="\/data-cleanup\/\d+"/],
  ['archived', 'archived', /on the record of everybody[\s\S]*href="\/emails\/\d+"/],
] as const)('%s', async (outcome, state, expected) => {
  await addMessage(web.db, mailboxId, { outcome, ownerId: una.id, state, subject: '<b>Hi</b>' });
  const { text } = await user.get(PAGE).expect(200);
  expect(text).toContain('&lt;b&gt;Hi&lt;/b&gt;');
  expect(text).toMatch(expected);
  expect(text).not.toContain('hx-trigger="every');
  expect(text).not.toContain('http-equiv="refresh"');
});

test('what came long before is not the test', async () => {
  await web.db('inbound_messages').update({ stored_at: new Date(Date.now() - 60 * 60_000) });
  expect((await user.get(PAGE)).text).toContain('Waiting for your mail');
  const since = Date.now() - 55 * 60_000;
  expect((await user.get(`${PAGE}?since=${since}`)).text).toContain('Your mail arrived');
});

test('names the records on which the mail appeared, and calms about one that is not signed', async () => {
  const emailId = await addMessage(web.db, mailboxId, {
    outcome: 'archived',
    ownerId: una.id,
    state: 'archived',
    subject: 'Hi',
  });
  const [person] = await web
    .db('people')
    .insert({ kind: 'lead', first_name: 'Marta', last_name: '<Nowak>' })
    .returning('id');
  await web.db('email_people').insert({
    email_id: emailId,
    person_id: person!.id,
    address: 'marta@acme.example',
    sent_at: new Date(),
    linked_by: 'filing',
  });
  await web.db('inbound_messages').orderBy('id', 'desc').limit(1).update({ verdict: 'none' });
  const { text } = await user.get(PAGE).expect(200);
  expect(text).toContain('It is on this record:');
  expect(text).toContain(`<a href="/people/${person!.id}"><bdi>Marta &lt;Nowak&gt;</bdi></a>`);
  expect(text).toContain('That is usual, and nothing needs to be done.');
});
