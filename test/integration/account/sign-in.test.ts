import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changePassword } from '../../../src/users/change-password.ts';
import { endSessions } from '../../../src/users/end-sessions.ts';
import { findViewer } from '../../../src/users/viewer-store.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

const NEW = 'lantern gravel ostrich piano';

let web: TestWeb;
let dana: TestUser;
let invited: string;

beforeAll(async () => {
  // A proxy stands before it: what it says of the visitor's address counts.
  web = await startTestWeb({ trustProxy: 1 });
  dana = await web.addUser('Dana Kim');
  invited = (await web.addUser('Ivo Invited')).address;
  await web.db('users').where({ name: 'Ivo Invited' }).update({ password_hash: null });
});

beforeEach(async () => {
  await web.db('rate_limits').delete();
});

afterAll(async () => {
  await web.close();
});

const tryIn = (agent: Agent, email: string, password: string, from = '192.0.2.1') =>
  agent.post('/sign-in').set('X-Forwarded-For', from).type('form').send({ email, password });

async function fail(times: number, email: string, from: (n: number) => string): Promise<number[]> {
  const answers: number[] = [];
  for (let n = 0; n < times; n += 1) {
    answers.push((await tryIn(web.visitor(), email, 'wrong', from(n))).status);
  }
  return answers;
}

describe('the answer tells nothing about who exists', () => {
  test.each<[string, () => string]>([
    ['a user', () => dana.address],
    ['nobody', () => 'nobody@northquay.example'],
    ['a user without a password', () => invited],
    ['what is no address', () => 'nonsense'],
  ])('%s', async (_who, email) => {
    const { text, status } = await tryIn(web.visitor(), email(), 'wrong');
    expect(status).toBe(422);
    expect(text.replaceAll(email(), 'X')).toContain('do not go together');
    const more = await fail(9, email(), () => '192.0.2.1');
    expect(new Set(more)).toEqual(new Set([422]));
    const refused = await tryIn(web.visitor(), email(), dana.password).expect(429);
    expect(refused.text).toContain('Too many tries. You can try again in 15 minutes.');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
  });
});

describe('limits', () => {
  test('of one account from one network; others may go on', async () => {
    await fail(10, dana.address, () => '192.0.2.1');
    await tryIn(web.visitor(), dana.address, dana.password, '192.0.2.1').expect(429);
    await tryIn(web.visitor(), dana.address, dana.password, '192.0.2.2').expect(303);
  });

  test('a /64 of IPv6 is one network', async () => {
    await fail(10, dana.address, (n) => `2001:db8:0:1::${n + 1}`);
    await tryIn(web.visitor(), dana.address, dana.password, '2001:db8:0:1:ff::9').expect(429);
    await tryIn(web.visitor(), dana.address, dana.password, '2001:db8:0:2::1').expect(303);
  });

  test('strangers everywhere lock an account elsewhere, not where its user signs in', async () => {
    await tryIn(web.visitor(), dana.address, dana.password, '198.51.100.7').expect(303);
    const answers = await fail(51, dana.address, (n) => `203.0.113.${n}`);
    expect(answers.slice(0, 49).every((status) => status === 422)).toBe(true);
    expect(answers.at(-1)).toBe(429);
    await tryIn(web.visitor(), dana.address, dana.password, '192.0.2.99').expect(429);
    await tryIn(web.visitor(), dana.address, dana.password, '198.51.100.7').expect(303);
  });

  test('of one network, whatever it tries', async () => {
    await web.db('rate_limits').delete();
    for (let n = 0; n < 100; n += 1) {
      await tryIn(web.visitor(), `user${n}@northquay.example`, 'wrong');
    }
    await tryIn(web.visitor(), 'another@northquay.example', 'wrong').expect(429);
  });

  test('many at once are counted', async () => {
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => tryIn(web.visitor(), dana.address, 'wrong')),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(10);
  });

  test('who signs in is not counted', async () => {
    for (let n = 0; n < 12; n += 1) {
      await tryIn(web.visitor(), dana.address, dana.password).expect(303);
    }
  });

  test('what is typed is not kept', async () => {
    await tryIn(web.visitor(), 'my secret password', 'wrong');
    const rows: unknown = await web.db('rate_limits').select();
    expect(JSON.stringify(rows)).not.toContain('secret');
  });
});

describe('sessions', () => {
  const cookieOf = (headers: Readonly<Record<string, unknown>>) =>
    /letterbook=([^;]+)/.exec(String(headers['set-cookie']))?.[1] ?? '';

  test('a session that was there before is renewed', async () => {
    const agent = await web.signIn(await web.addUser('Fay Fixed'));
    const before = cookieOf((await agent.get('/').expect(200)).headers);
    const { headers } = await tryIn(agent, dana.address, dana.password).expect(303);
    expect(before).not.toBe('');
    expect(cookieOf(headers)).not.toBe(before);
    await web.visitor().get('/').set('Cookie', `letterbook=${before}`).expect(303);
  });

  test('a session of somebody else’s choice is not taken', async () => {
    const { headers } = await tryIn(
      web.visitor().set('Cookie', 'letterbook=s%3Achosen.by-evil'),
      dana.address,
      dana.password,
    ).expect(303);
    expect(cookieOf(headers)).not.toContain('chosen');
  });

  test('all end at once, also one whose request is under way and writes it back', async () => {
    const [one, two] = [await web.signIn(dana), await web.signIn(dana)];
    const row = await web
      .db('sessions')
      .whereRaw(`sess #>> '{passport,user}' = ?`, [String(dana.id)]);
    expect(await endSessions(web.db, dana.id)).toBeGreaterThanOrEqual(2);
    await web.db('sessions').insert(row);
    await one.get('/').expect(303);
    await two.get('/').expect(303);
    await (await web.signIn(dana)).get('/').expect(200);
  });

  test('that of a disabled user ends', async () => {
    const user = await web.addUser('Dee Disabled');
    const agent = await web.signIn(user);
    await web.db('users').where({ id: user.id }).update({ disabled_at: web.db.fn.now() });
    await agent.get('/').expect(303);
    await tryIn(web.visitor(), user.address, user.password).expect(422);
  });

  test.each([
    ['/emails?q=x', '/emails?q=x'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
  ])('next %s leads to %s', async (next, to) => {
    const form = { email: dana.address, password: dana.password, next };
    const { headers } = await web.visitor().post('/sign-in').type('form').send(form).expect(303);
    expect(headers.location).toBe(to);
  });
});

describe('changing one’s password', () => {
  test.each([
    [{ current: 'wrong', next: NEW }, { kind: 'wrong-password' }],
    [
      { current: '', next: 'short' },
      { kind: 'weak', problem: 'account.password.short' },
    ],
    [
      { current: '', next: 'dana kim dana' },
      { kind: 'weak', problem: 'account.password.personal' },
    ],
    [
      { current: '', next: '' },
      { kind: 'weak', problem: 'account.password.same' },
    ],
  ])('%j', async (typed, result) => {
    const viewer = await findViewer(web.db, dana.id, null);
    const current = typed.current || dana.password;
    const next = typed.next || dana.password;
    expect(await changePassword(web.db, viewer!, { current, next })).toEqual(result);
  });

  test('signs out everywhere', async () => {
    const user = await web.addUser('Cora Change');
    const agent = await web.signIn(user);
    const viewer = await findViewer(web.db, user.id, null);
    const typed = { current: user.password, next: NEW };
    expect(await changePassword(web.db, viewer!, typed)).toEqual({ kind: 'changed' });
    await agent.get('/').expect(303);
    await tryIn(web.visitor(), user.address, user.password).expect(422);
    await tryIn(web.visitor(), user.address, NEW).expect(303);
  });

  test('is not for guessing', async () => {
    const viewer = await findViewer(web.db, dana.id, null);
    for (let n = 0; n < 10; n += 1) {
      await changePassword(web.db, viewer!, { current: 'wrong', next: NEW });
    }
    const last = await changePassword(web.db, viewer!, { current: dana.password, next: NEW });
    expect(last).toMatchObject({ kind: 'too-many' });
  });
});
