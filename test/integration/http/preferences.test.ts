import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NoticeKind } from '../../../src/db/rows.ts';
import { digestToken } from '../../../src/digest/digest-link.ts';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let user: TestUser;
let agent: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
});
afterAll(() => web.close());
beforeEach(async () => {
  count += 1;
  user = await web.addUser(`Sue Super ${count}`, 'super-administrators');
  agent = await web.signIn(user);
});

const save = (form: object, by = agent) =>
  by.post('/preferences').type('form').send(form).expect(303);
const boxes = async (by = agent) => {
  const { text } = await by.get('/preferences').expect(200);
  return [...text.matchAll(/name="notices" value="([\w-]+)"([^>]*)>/g)].map(
    ([, kind, rest = '']) =>
      `${kind}${rest.includes(' checked') ? ' on' : ''}${rest.includes(' disabled') ? ' fixed' : ''}`,
  );
};
const raise = async (kind: NoticeKind, subject = '') => {
  await web.db('notices').insert({ user_id: user.id, kind, subject });
};
const bell = async () =>
  /aria-label="Inbox: (\d+) new/.exec((await agent.get('/inbox/bell').expect(200)).text)?.[1];

test('everybody is offered what their role is told, and no more', async () => {
  const plain = await web.signIn(await web.addUser(`Una User ${count}`));
  const admin = await web.signIn(await web.addUser(`Ada Admin ${count}`, 'administrators'));
  expect(await boxes(plain)).toEqual(['unmatched on', 'handed-over on', 'too-large on']);
  expect(await boxes(admin)).toEqual([
    'unmatched on',
    'handed-over on',
    'too-large on',
    'mailbox-problem on',
    'address-waits on',
  ]);
  expect(await boxes()).toEqual([
    'unmatched on',
    'handed-over on',
    'too-large on',
    'mailbox-problem on',
    'address-waits on',
    'owner-does-not-exist on',
    'sender-not-told on',
    'quarantined on fixed',
  ]);
});

test('what is switched off is neither shown nor counted, and there again when switched on', async () => {
  await raise('owner-does-not-exist', 'a@x.example');
  expect(await bell()).toBe('1');
  await save({ notices: ['unmatched', 'mailbox-problem'] });
  expect(await boxes()).toEqual([
    'unmatched on',
    'handed-over',
    'too-large',
    'mailbox-problem on',
    'address-waits',
    'owner-does-not-exist',
    'sender-not-told',
    'quarantined on fixed',
  ]);
  expect(await bell()).toBe('0');
  for (const place of ['/', '/inbox']) {
    expect((await agent.get(place).expect(200)).text).toContain('Your Inbox is empty');
  }
  await save({ notices: 'owner-does-not-exist' });
  expect(await bell()).toBe('1');
  expect((await agent.get('/').expect(200)).text).toContain('a@x.example');
});

test('what concerns security cannot be switched off, whatever is sent', async () => {
  await raise('quarantined');
  await save({});
  expect(await bell()).toBe('1');
  expect(await boxes()).toContain('quarantined on fixed');
  const [row] = await web.db('users').where({ id: user.id });
  expect(row?.muted_notices).not.toContain('quarantined');
});

test('what was switched off in a role is off again when it comes back', async () => {
  await save({ notices: ['unmatched', 'mailbox-problem', 'sender-not-told'] });
  const members = web.db('group_members').where({ user_id: user.id });
  const groups = await members.clone();
  await members.clone().delete();
  expect(await boxes()).toEqual(['unmatched on', 'handed-over', 'too-large']);
  await save({ notices: 'unmatched' });
  await web.db('group_members').insert(groups);
  expect(await boxes()).toContain('owner-does-not-exist');
  expect(await boxes()).toContain('sender-not-told on');
});

test('the keys can be switched off, and on', async () => {
  const keys = async () =>
    (await web.db('users').where({ id: user.id }).first('keyboard_shortcuts'))?.keyboard_shortcuts;
  const box = async () =>
    / name="keyboardShortcuts"[^>]* checked/.test((await agent.get('/preferences')).text);
  expect([await keys(), await box()]).toEqual([true, true]);
  await save({ notices: 'unmatched' });
  expect([await keys(), await box()]).toEqual([false, false]);
  await save({ notices: 'unmatched', keyboardShortcuts: 'yes' });
  expect([await keys(), await box()]).toEqual([true, true]);
});

describe('the daily digest', () => {
  const row = async () => await web.db('users').where({ id: user.id }).first();
  const chosen = async () =>
    /<option value="(\d*)" selected/.exec((await agent.get('/preferences').expect(200)).text)?.[1];

  test('is off, and is switched on at an hour, moved, and switched off', async () => {
    expect(await chosen()).toBeUndefined();
    expect(await row()).toMatchObject({ digest_hour: null, digest_since: null });
    await save({ digestHour: '0' });
    const on = await row();
    expect([on?.digest_hour, await chosen()]).toEqual([0, '0']);
    await save({ digestHour: '23' });
    expect(await row()).toMatchObject({ digest_hour: 23, digest_since: on?.digest_since });
    await save({ digestHour: '' });
    expect(await row()).toMatchObject({ digest_hour: null, digest_since: null });
  });

  test.each([['24'], ['-1'], ['8.5'], ['eight'], [['8', '9']]])('%j is no hour', async (typed) => {
    await save({ digestHour: typed });
    expect(await row()).toMatchObject({ digest_hour: null });
  });

  test('says where it goes, and that no mail can be sent yet', async () => {
    const plain = await web.signIn(await web.addUser(`Otto User ${count}`));
    const text = async (by: Agent) => (await by.get('/preferences').expect(200)).text;
    expect(await text(agent)).toContain(user.address);
    expect(await text(agent)).toContain('Your choice counts once it is set up:');
    expect(await text(plain)).toContain('ask an administrator to set up Outgoing Mail');
    const server = { host: 'localhost', port: 25, security: 'none', username: null } as const;
    const settings = { ...server, password: null, from: 'crm@northquay.example' };
    await writeOutgoingSettings(web.db, web.deps.secrets, settings);
    expect(await text(agent)).not.toContain('Your choice counts');
    await web.db('settings').where({ key: 'outgoing-mail' }).delete();
  });
});

describe('the link in a digest', () => {
  const since = async () =>
    (await web.db('users').where({ id: user.id }).first('digest_since'))?.digest_since ?? null;
  const tokenNow = async () =>
    digestToken(web.deps.secrets, { userId: user.id, since: (await since()) ?? new Date(0) });
  const page = async (token: string, status: number) =>
    (await web.visitor().get(`/links/digest?token=${token}`).expect(status)).text;
  beforeEach(() => save({ digestHour: '8' }));

  test('asks first, and switches it off without a sign-in', async () => {
    const token = await tokenNow();
    expect(await page(token, 200)).toContain('Stop the daily digest?');
    expect(await since()).not.toBeNull();
    const done = await web.visitor().post('/links/digest').type('form').send({ token }).expect(200);
    expect(done.text).toContain('No more digests are sent');
    expect(await since()).toBeNull();
    expect(await page(token, 200)).toContain('No more digests are sent');
    const audit = await web.db('audit_log').where({ action: 'digest.switched-off-by-link' });
    expect(audit.filter(({ actor_id: id }) => id === user.id)).toHaveLength(1);
  });

  test('is pressed by mail programs, which come from nowhere (RFC 8058)', async () => {
    const press = async (token: string) =>
      await request(web.app)
        .post(`/links/digest/one-click?token=${token}`)
        .type('form')
        .send('List-Unsubscribe=One-Click');
    const token = await tokenNow();
    expect((await press(`${token.slice(0, -2)}AA`)).status).toBe(404);
    expect(await since()).not.toBeNull();
    expect((await press(token)).status).toBe(200);
    expect(await since()).toBeNull();
    expect((await press(token)).status).toBe(200);
  });

  test('ends no digest that was switched on later, and none of others', async () => {
    const old = await tokenNow();
    await save({ digestHour: '' });
    await save({ digestHour: '8' });
    await web.visitor().post('/links/digest').type('form').send({ token: old }).expect(200);
    expect(await since()).not.toBeNull();
    const other = (await tokenNow()).replace(/^\d+/, String(user.id + 1));
    expect(await page(other, 404)).toContain('This link does not work');
    expect(await page('', 404)).toContain('This link does not work');
  });
});
