import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ignoreSender } from '../../../src/ledger/ignored-senders.ts';
import { saveOutgoing } from '../../../src/outgoing/save-outgoing.ts';
import { addUserAddress } from '../../../src/users/add-user-address.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';

let web: TestWeb;
let bench: FilingBench;
let admin: TestUser;
let user: TestUser;
let other: TestUser;
let agent: Agent;
let superAgent: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  admin = await web.addUser('Ada Root', 'super-administrators');
  other = await web.addUser('Olga Vogt', 'administrators');
  superAgent = await web.signIn(admin);
});
afterAll(() => web.close());

beforeEach(async () => {
  count += 1;
  user = await web.addUser(`Dana Kim ${count}`);
  agent = await web.signIn(user);
  await web.db('notices').delete();
});

async function file(from: string, sketch: Partial<MailSketch> = {}): Promise<void> {
  const to = [`jane${count}@client.example`];
  await bench.file(await bench.storeMail(mail({ from: [from], to, ...sketch })));
}

const post = (path: string, form: Record<string, unknown> = {}, by = agent) =>
  by.post(path).type('form').send(form);
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const text = async (path = '/', by = agent) => plain((await by.get(path).expect(200)).text);
const bell = async (by = agent) =>
  /aria-label="Inbox: (\d+) new/.exec((await by.get('/inbox/bell').expect(200)).text)?.[1];
const openLink = (html: string) => /href="(\/inbox\/\d+\/open)"/.exec(html)?.[1] ?? '';

describe('the Inbox of a user', () => {
  test('is empty, and says what comes there', async () => {
    const home = await text();
    expect(home).toContain('Your Inbox is empty');
    expect(home).not.toContain('Set up Letterbook');
    expect(await text('/inbox')).toContain('Your Inbox is empty');
    expect(await bell()).toBe('0');
  });

  test('counts what needs matching, leads to it, and is empty when it is done', async () => {
    for (const subject of ['a', 'b', 'c']) await file(user.address, { subject });
    const { text: html } = await agent.get('/').expect(200);
    expect(plain(html)).toContain('3 archived emails need matching');
    expect(await bell()).toBe('1');
    const opened = await agent.get(openLink(html)).expect(303);
    expect(opened.headers.location).toBe('/data-cleanup');
    expect(await bell()).toBe('0');
    const emails = await web.db('emails').where({ owner_id: user.id }).orderBy('id');
    const [first, second, third] = emails.map(({ id }) => id);
    await post(`/data-cleanup/${first}/discard`).expect(303);
    expect(await text()).toContain('2 archived emails need matching');
    const form = { lastName: `Roe ${count}`, address: `jane${count}@client.example` };
    await post(`/data-cleanup/${second}/contact`, form).expect(303);
    expect(await text(`/data-cleanup/${third}`)).toContain('1 other email came along');
    expect(await text()).toContain('Your Inbox is empty');
    // What is undone waits, and is said, again.
    const decision = await web
      .db('decisions')
      .where({ email_id: first ?? 0 })
      .first('id');
    await post(`/decisions/${decision?.id}/undo`).expect(303);
    // The address is a contact's by now: it was archived at once.
    expect(await text()).toContain('Your Inbox is empty');
    const created = await web
      .db('decisions')
      .where({ email_id: second ?? 0 })
      .first('id');
    await post(`/decisions/${created?.id}/undo`).expect(303);
    expect(await text()).toContain('2 archived emails need matching');
    expect(await bell()).toBe('1');
  });

  test('is marked read and unread, one and all', async () => {
    await file(user.address);
    const marks: readonly (readonly [string, Record<string, string>, string])[] = [
      ['read', { kind: 'unmatched' }, '0'],
      ['unread', { kind: 'unmatched' }, '1'],
      ['read', {}, '0'],
      ['unread', {}, '1'],
    ];
    for (const [action, form, expected] of marks) {
      const done = await post(`/inbox/${action}`, { ...form, place: 'home' }).expect(303);
      expect(done.headers.location).toBe('/#inbox');
      expect(await bell()).toBe(expected);
    }
    await post('/inbox/read', { place: 'all' }).expect(303).expect('location', '/inbox');
    const [before] = await web.db('notices').where({ user_id: user.id });
    await post('/inbox/read').expect(303);
    expect(await web.db('notices').where({ user_id: user.id })).toEqual([before]);
    await file(user.address, { subject: 'More' });
    expect(await bell()).toBe('1');
  });

  test.each([{ kind: 'none' }, { id: 'x' }, { id: ['1', '2'] }, { kind: '', id: '' }])(
    'a strange %j marks nothing',
    async (form) => {
      await file(user.address);
      await post('/inbox/read', form).expect(303);
      expect(await bell()).toBe('1');
    },
  );

  test('is nobody else’s', async () => {
    await file(user.address);
    const [notice] = await web.db('notices').where({ user_id: user.id });
    for (const path of [`/inbox/${notice?.id}/open`, '/inbox/0/open', '/inbox/x/open']) {
      await superAgent.get(path).expect(404);
    }
    await post('/inbox/read', { id: String(notice?.id) }, superAgent).expect(303);
    expect(await bell()).toBe('1');
    await post('/inbox/dismiss', { kind: 'unmatched' }).expect(404);
    await post('/inbox/dismiss', {}).expect(404);
    await web.visitor().get('/inbox').expect(303);
    await web.visitor().get('/inbox/bell').expect(303);
  });

  test('a notice that stays behind when nothing waits is not shown', async () => {
    await file(user.address);
    await web.db('emails').where({ owner_id: user.id }).update({ state: 'archived' });
    expect(await text()).toContain('Your Inbox is empty');
    expect(await bell()).toBe('0');
  });
});

describe('the Inbox of Super Administrators', () => {
  const strangers = ['first', 'second', 'third', 'fourth', 'fifth'];

  test('names each sender that no user has, with what came of them', async () => {
    await web.db('settings').where({ key: 'outgoing-mail' }).delete();
    const stranger = `x+1${count}@elsewhere.example`;
    await file(stranger, { subject: 'one' });
    await file(stranger, { subject: 'two' });
    const { text: html } = await superAgent.get('/').expect(200);
    expect(plain(html)).toContain(`Owner of the message does not exist: ${stranger}, 2 messages`);
    expect(plain(html)).toContain('The sender could not be told: set up Outgoing Mail');
    const places = [];
    for (const [, path = ''] of html.matchAll(/href="(\/inbox\/\d+\/open)"/g)) {
      places.push((await superAgent.get(path).expect(303)).headers.location);
    }
    expect(places).toContain(`/admin/rejected?q=${encodeURIComponent(stranger)}`);
    expect(places).toContain('/admin/email/outgoing');
    expect(await bell(superAgent)).toBe('0');
    await file(stranger, { subject: 'three' });
    expect(await text('/', superAgent)).toContain('3 messages');
    expect(await bell(superAgent)).toBe('2');
    await post('/inbox/dismiss', { kind: 'sender-not-told' }, superAgent).expect(303);
    expect(await text('/', superAgent)).not.toContain('could not be told');
  });

  test('outgoing mail set up, an address given to a user, a sender ignored: all of it goes', async () => {
    await web.db('settings').where({ key: 'outgoing-mail' }).delete();
    const [own = '', bad = ''] = ['own', 'bad'].map((name) => `${name}${count}@elsewhere.example`);
    await file(own);
    await file(bad);
    const outgoing = { host: 'smtp.crm.example', port: 25, security: 'none' } as const;
    const from = 'crm@firm.example';
    await saveOutgoing(web.deps, { ...outgoing, username: null, password: null, from });
    const home = await text('/', superAgent);
    expect(home).not.toContain('could not be told');
    for (const address of [own, bad]) expect(home).toContain(`${address}, 1 message`);
    await web.db.transaction((trx) => addUserAddress(trx, user.id, own));
    await web.db.transaction((trx) => ignoreSender(trx, bad, admin.id));
    expect(await text('/', superAgent)).toContain('Your Inbox is empty');
    await web.db('settings').where({ key: 'outgoing-mail' }).delete();
  });

  test('folds many senders into one entry, and lists all of them in pages', async () => {
    for (const name of strangers) await file(`${name}${count}@elsewhere.example`);
    const { text: html } = await superAgent.get('/').expect(200);
    expect(plain(html)).toContain('Owner of the message does not exist: 5 senders');
    expect(plain(html)).toContain('All 5 senders');
    expect(html).not.toContain(`first${count}@`);
    for (const name of strangers.slice(2)) expect(html).toContain(`${name}${count}@`);
    for (let n = 0; n < 23; n += 1) await file(`more${n}.${count}@elsewhere.example`);
    const { text: first } = await superAgent.get('/inbox').expect(200);
    const next = /href="(\/inbox\?before=[\d-]+)"/.exec(first)?.[1] ?? '';
    const { text: second } = await superAgent.get(next).expect(200);
    const senders = (page: string) =>
      [...page.matchAll(/does not exist: (\S+),/g)].map(([, address]) => address);
    const all = [...senders(first), ...senders(second)];
    expect(new Set(all).size).toBe(28);
    expect(all).toHaveLength(28);
    expect(second).not.toContain('?before=');
    expect(plain(first + second).match(/28 senders could not be told/g)).toHaveLength(1);
    await post('/inbox/read', { kind: 'owner-does-not-exist' }, superAgent).expect(303);
    // The senders who could not be told are one notice more.
    expect(await bell(superAgent)).toBe('1');
  });

  test.each(['before=x', 'before=1', 'before=1-', 'before[]=1-1', 'before=9999999999999999-1'])(
    'a strange %s is not minded',
    async (query) => {
      await superAgent.get(`/inbox?${query}`).expect(200);
    },
  );

  test('counts what is quarantined since it was dismissed', async () => {
    await bench.file(await bench.storeMail(mail({ fromLines: 2 })));
    await bench.file(await bench.storeMail(mail({ fromLines: 3 })));
    expect(await text('/', superAgent)).toContain('2 messages are in quarantine');
    await post('/inbox/dismiss', { kind: 'quarantined' }, superAgent).expect(303);
    await bench.file(await bench.storeMail(mail({ fromLines: 4 })));
    expect(await text('/', superAgent)).toContain('1 message is in quarantine');
  });

  test('what is theirs is not shown to those who have left the group', async () => {
    await file(`x${count}@elsewhere.example`);
    const super2 = await web.addUser(`Ben Moor ${count}`, 'super-administrators');
    await file(`y${count}@elsewhere.example`);
    const ben = await web.signIn(super2);
    expect(await text('/', ben)).toContain(`y${count}@elsewhere.example`);
    await web.db('group_members').where({ user_id: super2.id }).delete();
    const notice = await web.db('notices').where({ user_id: super2.id }).first('id');
    expect(await text('/', ben)).toContain('Your Inbox is empty');
    expect(await text('/inbox', ben)).toContain('Your Inbox is empty');
    expect(await bell(ben)).toBe('0');
    await ben.get(`/inbox/${notice?.id}/open`).expect(404);
  });

  test('administrators hear of the mailbox only, in its own words', async () => {
    await file(`x${count}@elsewhere.example`);
    const problem = 'The server refused the password. Enter the new one.';
    await web.db('mailboxes').where({ id: bench.mailboxId }).update({ problem });
    const subject = String(bench.mailboxId);
    await web
      .db('notices')
      .insert([other, user].map(({ id }) => ({ user_id: id, kind: 'mailbox-problem', subject })));
    const olga = await web.signIn(other);
    const home = await text('/', olga);
    expect(home).toContain(`The archive mailbox cannot be read ${problem}`);
    expect(home).not.toContain('elsewhere.example');
    expect(await text()).toContain('Your Inbox is empty');
    const { text: html } = await olga.get('/').expect(200);
    await olga.get(openLink(html)).expect(303).expect('location', '/admin/email/archiving');
    await web.db('mailboxes').where({ id: bench.mailboxId }).update({ problem: null });
  });
});

describe('beside the Inbox', () => {
  test('what was archived lately, as far as the viewer may see it', async () => {
    const person = await bench.person(`jane${count}@client.example`);
    await web
      .db('people')
      .where({ id: person })
      .update({ first_name: `Jane ${count}` });
    await file(user.address, { subject: `Shared ${count}` });
    await file(user.address, { subject: `Private ${count}` });
    await file(user.address, { subject: `Waits ${count}`, to: ['unknown@x.example'] });
    await web
      .db('emails')
      .where({ subject: `Private ${count}` })
      .update({ visibility: 'private' });
    const own = await text();
    expect(own).toContain(`Shared ${count}`);
    expect(own).toContain(`Private ${count}`);
    expect(own).toContain(`Jane ${count} archived by you`);
    const others = await text('/', superAgent);
    expect(others).toContain(`archived by Dana Kim ${count}`);
    for (const home of [own, others]) expect(home).not.toContain(`Waits ${count}`);
    expect(others).not.toContain(`Private ${count}`);
  });

  test('how to archive, until it was done', async () => {
    const { text: html } = await agent.get('/').expect(200);
    expect(html).toContain('data-copy="archive@crm.example"');
    expect(plain(html)).toContain(`one of your own addresses: ${user.address}.`);
    await bench.person(`jane${count}@client.example`);
    await file(user.address);
    expect(await text()).not.toContain('How to archive an email');
    await web.db('mailboxes').update({ active: false });
    const visitor = await web.signIn(await web.addUser(`New ${count}`));
    expect(await text('/', visitor)).toContain('An administrator has to connect');
    const manager = await web.signIn(await web.addUser(`Manager ${count}`, 'administrators'));
    const { text: theirs } = await manager.get('/').expect(200);
    expect(theirs).not.toContain('An administrator has to connect');
    expect(theirs).toContain('href="/admin/email/archiving"><svg');
    await web.db('mailboxes').update({ active: true });
  });

  test('the checklist of Super Administrators remembers what they decide', async () => {
    const state = async (step: string) =>
      new RegExp(`${step} (\\w+)`).exec(await text('/', superAgent))?.[1];
    expect(await state('Connect the archive mailbox')).toBe('done');
    expect(await state('Set up outgoing mail')).toBe('Skip');
    await post('/checklist/skip', { step: 'outgoing' }, superAgent).expect(303);
    await post('/checklist/skip', { step: 'outgoing' }, superAgent).expect(303);
    expect(await state('Set up outgoing mail')).toBe('skipped');
    await post('/checklist/unskip', { step: 'outgoing' }, superAgent).expect(303);
    expect(await state('Set up outgoing mail')).toBe('Skip');
    await post('/checklist/dismiss', {}, superAgent).expect(303);
    expect(await text('/', superAgent)).toContain('The set-up list is gone');
    expect(await text('/', superAgent)).not.toContain('Set up Letterbook');
    await post('/checklist/restore', {}, superAgent).expect(303);
    expect(await text('/', superAgent)).toContain('Set up Letterbook');
    await post('/checklist/skip', { step: 'none' }, superAgent).expect(404);
    await post('/checklist/none', {}, superAgent).expect(404);
    await post('/checklist/dismiss').expect(403);
  });

  test('what strangers wrote is text', async () => {
    const attack = '<img src=x onerror=alert(1)>';
    const person = await bench.person(`jane${count}@client.example`);
    await web.db('people').where({ id: person }).update({ first_name: attack });
    await file(user.address, { subject: attack });
    await web.db('notices').insert({
      user_id: admin.id,
      kind: 'owner-does-not-exist',
      subject: `${attack}@x.example`,
    });
    for (const path of ['/', '/inbox']) {
      const { text: html } = await superAgent.get(path).expect(200);
      expect(html).not.toContain('<img');
      expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    }
  });
});
