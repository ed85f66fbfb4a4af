import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';

/* What can be done on a notice itself, where it leads, and what the top bar counts. */

let web: TestWeb;
let bench: FilingBench;
let root: TestUser;
let user: TestUser;
let agent: Agent;
let rootAgent: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  root = await web.addUser('Ada Root', 'super-administrators');
  rootAgent = await web.signIn(root);
});
afterAll(() => web.close());
beforeEach(async () => {
  count += 1;
  user = await web.addUser(`Dana Kim ${count}`);
  agent = await web.signIn(user);
  await web.db('notices').delete();
});

const post = (path: string, form: object, by = agent) => by.post(path).type('form').send(form);
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const text = async (path: string, by = agent) => plain((await by.get(path).expect(200)).text);
const openLink = (html: string) => /href="(\/inbox\/\d+\/open)"/.exec(html)?.[1] ?? '';

async function file(from: string, subject = 'Chairs'): Promise<number> {
  const id = await bench.storeMail(mail({ from: [from], to: [`jane${count}@c.example`], subject }));
  await bench.file(id);
  return id;
}

describe('on the notice about a sender', () => {
  const outcomeOf = async (id: number) => (await bench.row(id)).outcome;

  test.each([
    ['home', '/', '/#inbox'],
    ['all', '/inbox', '/inbox'],
  ])('it is ignored, and one is back where one was: %s', async (place, path, back) => {
    const address = `bad${count}@else.example`;
    await file(address);
    const { text: html } = await rootAgent.get(path).expect(200);
    expect(html).toContain(`aria-label="Ignore this sender: ${address}"`);
    expect(html).toContain(`name="place" value="${place}"`);
    const done = await post('/admin/rejected/ignore', { address, place }, rootAgent).expect(303);
    expect(done.headers.location).toBe(back);
    const after = await text(path, rootAgent);
    expect(after).toContain(`Mail from ${address} is ignored from now on`);
    expect(after).toContain('Your Inbox is empty');
  });

  test('its mail is filed again once a user has the address', async () => {
    const address = `own${count}@else.example`;
    const id = await file(address);
    const again = { address, place: 'home' };
    await post('/admin/rejected/again', again, rootAgent).expect(303).expect('location', '/#inbox');
    expect(await text('/', rootAgent)).toContain(`No active user has ${address}`);
    expect(await outcomeOf(id)).toBe('rejected');
    await web.db('user_addresses').insert({ user_id: user.id, address, verified_at: new Date() });
    await post('/admin/rejected/again', again, rootAgent).expect(303);
    expect(await text('/', rootAgent)).toContain('1 message is being filed again.');
    expect(await outcomeOf(id)).toBeNull();
  });

  test('a user is chosen on the page that it leads to', async () => {
    const address = `new+1${count}@else.example`;
    await file(address);
    const { text: html } = await rootAgent.get('/').expect(200);
    const [, href = ''] = /href="(\/admin\/rejected\/sender\?[^"]+)"/.exec(html) ?? [];
    expect(await text(href, rootAgent)).toContain('Whose address is it?');
  });
});

test('the notice leads to the one email that waits, and to the list of several', async () => {
  const opened = async () => {
    const { text: html } = await agent.get('/').expect(200);
    return (await agent.get(openLink(html)).expect(303)).headers.location;
  };
  await file(user.address, 'One');
  const [email] = await web.db('emails').where({ owner_id: user.id });
  expect(await opened()).toBe(`/data-cleanup/${email?.id}`);
  await file(user.address, 'Two');
  expect(await opened()).toBe('/data-cleanup');
});

describe('an address that a user adds while no link can be sent', () => {
  const add = async (by = agent) =>
    await post('/profile/addresses', { address: `own${count}@home.example` }, by).expect(303);

  test('is told to administrators, who are led to it, until it is confirmed', async () => {
    const admin = await web.addUser(`Otto Admin ${count}`, 'administrators');
    const adminAgent = await web.signIn(admin);
    await add();
    expect(await text('/profile')).toContain('Administrators were told');
    expect(await text('/')).toContain('Your Inbox is empty');
    const says = `Dana Kim ${count} has added an address that waits to be confirmed`;
    expect(await text('/', rootAgent)).toContain(says);
    const { text: html } = await adminAgent.get('/').expect(200);
    expect(plain(html)).toContain(says);
    const opened = await adminAgent.get(openLink(html)).expect(303);
    expect(opened.headers.location).toBe(`/admin/users/${user.id}#addresses-title`);
    const [, address] = await web.db('user_addresses').where({ user_id: user.id }).orderBy('id');
    const confirm = `/admin/users/${user.id}/addresses/${address?.id}/confirm`;
    await post(confirm, {}, adminAgent).expect(303);
    expect(await text('/', adminAgent)).toContain('Your Inbox is empty');
    expect(await text('/', rootAgent)).toContain('Your Inbox is empty');
  });

  test('is gone from the Inbox when its owner removes it', async () => {
    await add();
    const [, address] = await web.db('user_addresses').where({ user_id: user.id }).orderBy('id');
    await post(`/profile/addresses/${address?.id}/remove`, {}).expect(303);
    expect(await text('/', rootAgent)).toContain('Your Inbox is empty');
  });

  test('of a Super Administrator is told to those who may confirm it alone', async () => {
    const admin = await web.addUser(`Olga Admin ${count}`, 'administrators');
    const boss = await web.addUser(`Sue Boss ${count}`, 'super-administrators');
    await add(await web.signIn(boss));
    const told = await web.db('notices').where({ kind: 'address-waits' }).pluck('user_id');
    expect(told).toContain(root.id);
    expect(told).not.toContain(admin.id);
    expect(told).not.toContain(boss.id);
  });
});

describe('the top bar', () => {
  const title = async () => /<title>([^<]*)</.exec((await agent.get('/inbox')).text)?.[1];

  test('counts what is new and what waits; so does the title', async () => {
    expect(await title()).toBe('Inbox · Letterbook');
    const { text: none } = await agent.get('/inbox/bell').expect(200);
    expect(none).not.toContain('/data-cleanup');
    await file(user.address, 'One');
    await file(user.address, 'Two');
    const { text: some } = await agent.get('/inbox/bell').expect(200);
    expect(some).toContain('aria-label="Data Cleanup: 2 emails wait"');
    expect(some).toContain('aria-label="Inbox: 1 new notice"');
    expect(some).toContain('data-new="1"');
    expect(await title()).toBe('(1) Inbox · Letterbook');
  });

  test('is answered 304 while nothing has changed', async () => {
    const first = await agent.get('/inbox/bell').expect(200);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const etag = String(first.headers.etag);
    await agent.get('/inbox/bell').set('If-None-Match', etag).expect(304);
    await file(user.address);
    await agent.get('/inbox/bell').set('If-None-Match', etag).expect(200);
  });
});
