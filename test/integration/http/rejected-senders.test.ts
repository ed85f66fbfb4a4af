import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { ARCHIVE, mail } from '../../unit/archiving/samples.ts';

const JANE = 'jane@client.example';
const HOSTILE = '"><script>alert(1)</script>';

let web: TestWeb;
let bench: FilingBench;
let dana: TestUser;
let olga: TestUser;
let root: Agent;
let second: Agent;
let admin: Agent;
let danas: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  await bench.person(JANE);
  dana = await web.addUser('Dana Kim');
  olga = await web.addUser('Olga Left');
  await web.db('users').where({ id: olga.id }).update({ disabled_at: new Date() });
  root = await web.signIn(await web.addUser('Sue Super', 'super-administrators'));
  second = await web.signIn(await web.addUser('Sam Super', 'super-administrators'));
  admin = await web.signIn(await web.addUser('Ada Admin', 'administrators'));
  danas = await web.signIn(dana);
});
afterAll(() => web.close());

async function reject(
  from: string,
  to = JANE,
  subject = `Subject ${String(count)}`,
): Promise<number> {
  count += 1;
  const id = await bench.storeMail(mail({ from: [from], to: [to], subject }));
  await bench.file(id);
  return id;
}

const senders = (text: string) =>
  [...text.matchAll(/<a class="fw-bold break" href="[^"]*address=([^"]+)"/g)].map(([, address]) =>
    decodeURIComponent(address ?? ''),
  );
const post = (agent: Agent, path: string, form: object) =>
  agent.post(`/admin/rejected/${path}`).type('form').send(form);
const senderPage = (address: string) =>
  `/admin/rejected/sender?${new URLSearchParams({ address }).toString()}`;
const give = (agent: Agent, address: string, userId: number | string) =>
  post(agent, 'give', { address, userId });
const noticesAbout = async (subject: string) =>
  (await web.db('notices').where({ subject }).select('kind')).length;
const addressesOf = async (address: string) =>
  await web.db('user_addresses').where({ address }).select('user_id');

async function unfiled(address: string): Promise<number[]> {
  const rows = await web
    .db('inbound_messages')
    .where({ from_address: address, state: 'stored' })
    .orderBy('id')
    .select('id');
  return rows.map(({ id }) => id);
}

test.each([
  ['get', ''],
  ['get', '/ignored'],
  ['get', '/sender?address=guard@x.example'],
  ['post', '/give'],
  ['post', '/again'],
  ['post', '/ignore'],
  ['post', '/hear-again'],
] as const)('only Super Administrators: %s %s', async (method, path) => {
  await reject('guard@x.example');
  for (const agent of [danas, admin]) {
    await agent[method](`/admin/rejected${path}`)
      .type('form')
      .send({ address: 'guard@x.example', userId: dana.id })
      .expect(403);
  }
  expect(await addressesOf('guard@x.example')).toEqual([]);
  expect(await web.db('ignored_senders').where({ address: 'guard@x.example' })).toEqual([]);
});

test('a contact who answered to all is named, and is no user to be', async () => {
  const address = `fergus${count}@client.example`;
  const id = await bench.person(address);
  await web.db('people').where({ id }).update({ first_name: 'Fergus', last_name: 'Baird' });
  await reject(address);
  for (const path of ['/admin/rejected?q=fergus', senderPage(address)]) {
    const { text } = await root.get(path).expect(200);
    expect(text).toContain('This is the contact Fergus Baird, who is not a user');
    expect(text).toContain(`href="/people/${id}"`);
    expect(text).not.toMatch(/btn-primary[^>]*>(<svg.*?<\/svg>)?(Add to a user|Add the address)/);
  }
  await web.db('people').where({ id }).update({ deleted_at: new Date() });
  expect((await root.get(senderPage(address))).text).not.toContain('This is the contact');
});

describe('the list', () => {
  test('one entry a sender, the latest first, with counts and subjects; nothing of it runs', async () => {
    await reject('one@list.example', JANE, 'First');
    await reject('two@list.example', JANE, HOSTILE);
    await reject('one@list.example', JANE, 'Second');
    const { text } = await root.get('/admin/rejected?q=LIST.example').expect(200);
    expect(senders(text)).toEqual(['one@list.example', 'two@list.example']);
    expect(text).toMatch(/one@list\.example<\/a> <span[^>]*>2 messages</);
    expect(text.indexOf('Second')).toBeLessThan(text.indexOf('First'));
    expect(text).toContain('&#34;&gt;&lt;script&gt;');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('outgoing mail isn&#39;t set up');
  });

  test.each([
    ['sent', 'The sender was told on'],
    ['unknown', 'it is not sent again'],
    ['refused', 'a mail server refused'],
    ['expired', 'it came too late'],
  ] as const)('says whether the sender was told: %s', async (state, sentence) => {
    const address = `${state}@told.example`;
    await reject(address);
    await web
      .db('outgoing_messages')
      .where({ recipient: address })
      .update({ state, finished_at: new Date() });
    const { text } = await root.get(`/admin/rejected?q=${address}`).expect(200);
    expect(text).toContain(sentence);
  });

  test('pages both ways, each sender once', async () => {
    const all: string[] = [];
    for (let i = 0; i < 60; i += 1) {
      const address = `p${String(i).padStart(2, '0')}@pages.example`;
      await reject(address);
      if (i % 7 === 0) await reject(address);
      all.unshift(address);
    }
    // An old sender who writes again moves to the front.
    await reject('p00@pages.example');
    all.unshift(all.pop() ?? '');
    const read = async (url: string) => {
      const { text } = await root.get(url).expect(200);
      const link = (rel: string) =>
        new RegExp(`rel="${rel}" href="([^"]+)"`).exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
      return { senders: senders(text), prev: link('prev'), next: link('next') };
    };
    const one = await read('/admin/rejected?q=pages.example');
    const two = await read(one.next);
    const three = await read(two.next);
    expect([...one.senders, ...two.senders, ...three.senders]).toEqual(all);
    expect([one.prev, three.next]).toEqual(['', '']);
    expect((await read(three.prev)).senders).toEqual(two.senders);
    expect((await read(two.prev)).senders).toEqual(one.senders);
  });

  test.each([
    'q=%25',
    'q=%00',
    `q=${'x'.repeat(400)}`,
    'before=x&after=-1',
    'q[]=a',
    'before=99999999',
  ])('any question has an answer: %s', async (query) => {
    await root.get(`/admin/rejected?${query}`).expect(200);
    await root.get(`/admin/rejected/ignored?${query}`).expect(200);
  });

  test('no result, and no such sender', async () => {
    const { text } = await root.get('/admin/rejected?q=nowhere.example').expect(200);
    expect(text).toContain('No sender fits');
    await root.get(senderPage('nobody@nowhere.example')).expect(404);
    await root.get('/admin/rejected/sender').expect(404);
    await root.get('/admin/rejected/sender?address=%00').expect(404);
    for (const path of ['give', 'again', 'ignore', 'hear-again']) {
      await post(root, path, { address: 'nobody@nowhere.example', userId: dana.id }).expect(404);
      await post(root, path, {}).expect(404);
    }
  });
});

describe('an address is given to a user', () => {
  test('what was rejected is filed, notices go, and it is said how', async () => {
    const address = 'dana@other.example';
    await reject(address);
    await reject(address, 'unknown@else.example');
    expect(await noticesAbout(address)).toBe(4);
    const page = await root.get(senderPage(address)).expect(200);
    expect(page.text).toContain(`Dana Kim (${dana.address})`);
    expect(page.text).not.toContain('Olga Left');
    await give(root, address, dana.id).expect(303).expect('location', senderPage(address));
    const { text } = await root.get(senderPage(address)).expect(200);
    expect(text).toContain('dana@other.example is an address of Dana Kim now.');
    expect(text).toContain('2 messages are being filed again.');
    expect(text).toContain('2 waiting');
    expect(await noticesAbout(address)).toBe(0);
    await bench.file(...(await unfiled(address)));
    const after = await root.get(senderPage(address)).expect(200);
    expect(after.text).toContain('1 archived');
    expect(after.text).toContain('1 unmatched');
    expect(after.text).not.toContain('every 2s');
    const audit = await web.db('audit_log').orderBy('id', 'desc').first();
    expect(audit).toMatchObject({
      action: 'rejected.address-given',
      detail: { address, userId: dana.id, messages: 2 },
    });
    expect((await root.get(`/admin/rejected?q=${address}`)).text).toContain('No sender fits');
  });

  test.each([
    ['nobody chosen', '', 'Choose a user who is active.'],
    ['somebody who is not active', 'olga', 'Choose a user who is active.'],
    ['somebody who is not there', '99999', 'Choose a user who is active.'],
    ['nonsense', 'x', 'Choose a user who is active.'],
  ])('not to %s', async (_name, who, sentence) => {
    await reject('refused@x.example');
    const { text } = await give(root, 'refused@x.example', who === 'olga' ? olga.id : who).expect(
      422,
    );
    expect(text).toContain(sentence);
    expect(text).toContain('aria-invalid="true"');
    expect(await addressesOf('refused@x.example')).toEqual([]);
  });

  test('not an address of the archive', async () => {
    const id = await bench.storeMail(mail({ from: [ARCHIVE], to: [JANE] }));
    await bench.file(id);
    expect(await bench.row(id)).toMatchObject({ outcome: 'rejected' });
    const { text } = await give(root, ARCHIVE, dana.id).expect(422);
    expect(text).toContain('an address of the archive itself');
  });

  test('by two at once: one user has it, and the other is told who', async () => {
    const address = 'race@x.example';
    const tom = await web.addUser('Tom Other');
    await reject(address);
    await Promise.all([
      give(root, address, dana.id).expect(303),
      give(second, address, tom.id).expect(303),
    ]);
    const holders = await addressesOf(address);
    expect(holders).toHaveLength(1);
    const pages = [await root.get('/admin/rejected'), await second.get('/admin/rejected')];
    const told = pages.filter(({ text }) =>
      text.includes(`has ${address} already. Nothing was changed`),
    );
    expect(told).toHaveLength(1);
    expect(await unfiled(address)).toHaveLength(1);
  });

  test('says that a user who is not active has it', async () => {
    const address = 'olga@other.example';
    await reject(address);
    await web.db('user_addresses').insert({
      user_id: olga.id,
      address,
      is_primary: false,
      verified_at: new Date(),
    });
    const { text } = await root.get(senderPage(address)).expect(200);
    expect(text).toContain('This address belongs to Olga Left, who is not active');
    expect(text).toContain(`href="/admin/users/${String(olga.id)}"`);
    await post(root, 'again', { address }).expect(303);
    expect((await root.get(senderPage(address))).text).toContain('No active user has');
    expect(await unfiled(address)).toEqual([]);
    await give(root, address, dana.id).expect(303);
    expect((await root.get('/admin/rejected')).text).toContain('Olga Left has olga@other.example');
  });

  test('offers the user who has entered it', async () => {
    await reject('claimed@x.example');
    await web.db('user_addresses').insert({
      user_id: dana.id,
      address: 'claimed@x.example',
      is_primary: false,
      verified_at: null,
    });
    const { text } = await root.get(senderPage('claimed@x.example')).expect(200);
    expect(text).toContain('Dana Kim has entered this address in My Profile');
    expect(text).toMatch(new RegExp(`value="${String(dana.id)}" selected`));
    await give(root, 'claimed@x.example', dana.id).expect(303);
    expect(await unfiled('claimed@x.example')).toHaveLength(1);
  });
});

test('process again, twice', async () => {
  const address = 'later@x.example';
  const id = await reject(address);
  await web.db('user_addresses').insert({
    user_id: dana.id,
    address,
    is_primary: false,
    verified_at: new Date(),
  });
  expect((await root.get(senderPage(address))).text).toContain('Process again');
  await Promise.all([
    post(root, 'again', { address }).expect(303),
    post(second, 'again', { address }).expect(303),
  ]);
  const said = [await root.get(senderPage(address)), await second.get(senderPage(address))];
  expect(said.filter(({ text }) => text.includes('1 message is being filed again.'))).toHaveLength(
    1,
  );
  expect(said.filter(({ text }) => text.includes('nothing to file again'))).toHaveLength(1);
  await bench.file(id);
  await bench.file(id);
  expect(await bench.row(id)).toMatchObject({ outcome: 'archived', owner_id: dana.id });
  expect(await web.db('emails').where({ inbound_message_id: id })).toHaveLength(1);
});

test('ignored, and heard of again', async () => {
  const address = 'noise@x.example';
  await reject(address);
  await post(root, 'ignore', { address }).expect(303).expect('location', '/admin/rejected');
  const list = await root.get('/admin/rejected').expect(200);
  expect(list.text).toContain('Mail from noise@x.example is ignored from now on');
  expect(senders(list.text)).not.toContain(address);
  expect(await noticesAbout(address)).toBe(0);
  expect(await bench.row(await reject(address))).toMatchObject({ outcome: 'ignored' });
  const ignored = await root.get('/admin/rejected/ignored?q=noise').expect(200);
  expect(ignored.text).toContain('Ignored by Sue Super');
  await post(root, 'hear-again', { address }).expect(303);
  expect((await root.get('/admin/rejected/ignored')).text).toContain('rejected and told of again');
  await post(root, 'hear-again', { address }).expect(303);
  expect((await root.get('/admin/rejected/ignored')).text).toContain('was not ignored any more');
  expect(await bench.row(await reject(address))).toMatchObject({ outcome: 'rejected' });
  const actions = await web.db('audit_log').where('action', 'like', 'rejected.%').select('action');
  expect(actions.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['rejected.ignored', 'rejected.heard-again']),
  );
});

test('an ignored sender who gets a user is ignored no more', async () => {
  const address = 'was-noise@x.example';
  await reject(address);
  await post(root, 'ignore', { address }).expect(303);
  await give(root, address, dana.id).expect(303);
  expect(await web.db('ignored_senders').where({ address })).toEqual([]);
});

test('ignored senders, by pages', async () => {
  const rows = Array.from({ length: 130 }, (_, i) => ({
    address: `i${String(i).padStart(3, '0')}@ignored.example`,
  }));
  await web.db('ignored_senders').insert(rows);
  const read = async (url: string) => {
    const { text } = await root.get(url).expect(200);
    const found = [...text.matchAll(/<div class="fw-bold break">([^<]+)</g)].map(([, one]) => one);
    const link = (rel: string) =>
      new RegExp(`rel="${rel}" href="([^"]+)"`).exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    return { found, prev: link('prev'), next: link('next') };
  };
  const one = await read('/admin/rejected/ignored?q=ignored.example');
  const two = await read(one.next);
  const three = await read(two.next);
  expect([...one.found, ...two.found, ...three.found]).toEqual(rows.map(({ address }) => address));
  expect((await read(three.prev)).found).toEqual(two.found);
  expect((await read(two.prev)).found).toEqual(one.found);
});
