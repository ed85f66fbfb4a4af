import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importUsers } from '../../../src/users/import-users.ts';
import { setUpLink, setUpToken } from '../../../src/users/set-up-token.ts';
import { setUp } from '../../../src/users/set-up.ts';
import { addMailbox } from './first-mail-rows.ts';
import { BASE_URL, startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';

const PASSWORD = 'lantern gravel ostrich piano';
const FORM = {
  name: 'Dana Roe',
  email: 'Dana@NorthQuay.example',
  password: PASSWORD,
  organisation: 'North Quay',
  timeZone: 'Europe/Berlin',
};

async function withWeb(work: (web: TestWeb, token: string) => Promise<void>): Promise<void> {
  const web = await startTestWeb();
  try {
    await work(web, await setUpToken(web.deps));
  } finally {
    await web.close();
  }
}

const post = (agent: Agent, form: object) => agent.post('/set-up').type('form').send(form);

describe('while nobody can sign in', () => {
  let web: TestWeb;
  let token: string;

  beforeAll(async () => {
    web = await startTestWeb();
    token = await setUpToken(web.deps);
    await importUsers(web.db, [
      { line: 1, values: { name: 'Imp Orted', email: 'imp@northquay.example', group: '' } },
    ]);
  });

  afterAll(async () => {
    await web.close();
  });

  test.each(['/', '/sign-in', '/admin', '/nowhere', '/links/invitation?token=x'])(
    '%s leads to set-up',
    async (path) => {
      const { headers } = await web.visitor().get(path).expect(303);
      expect(headers.location).toBe('/set-up');
    },
  );

  test('health and assets do not', async () => {
    await web.visitor().get('/healthz').expect(200);
    const { text } = await web.visitor().get('/set-up').expect(200);
    const asset = /href="(\/assets\/app[^"]+)"/.exec(text)?.[1] ?? '';
    await web.visitor().get(asset).expect(200);
  });

  test('a form is not taken either', async () => {
    const { headers } = await web.visitor().post('/sign-in').type('form').send(FORM).expect(303);
    expect(headers.location).toBe('/set-up');
  });

  test('the log has the link', async () => {
    const link = await setUpLink(web.deps, BASE_URL);
    expect(link).toBe(`${BASE_URL}/set-up?token=${token}`);
    const { text, headers } = await web.visitor().get(link!.slice(BASE_URL.length)).expect(200);
    expect(text).toContain('action="/set-up"');
    expect(text).toContain('<option value="Europe/Berlin">');
    expect(headers['referrer-policy']).toBe('strict-origin');
    expect(web.lines.join('')).not.toContain(token);
  });

  test('without the token there is no form', async () => {
    const { text } = await web.visitor().get('/set-up').expect(200);
    expect(text).toContain('Whoever started it finds a link in its log');
    expect(text).not.toContain('name="password"');
  });

  test.each([
    ['', 'Paste the token'],
    ['wrong', 'This is not the token'],
    ['é'.repeat(150), 'This is not the token'],
  ])('the token %s', async (wrong, sentence) => {
    const query = new URLSearchParams({ token: wrong }).toString();
    expect((await web.visitor().get(`/set-up?${query}`).expect(422)).text).toContain(sentence);
    const { text } = await post(web.visitor(), { ...FORM, token: wrong }).expect(422);
    expect(text).toContain(sentence);
  });

  test.each([
    ['name', ' ', 'Type your name'],
    ['name', 'x'.repeat(201), 'too long'],
    ['name', 'Dana\u0007Roe', 'cannot be seen'],
    ['email', 'dana', 'Type a complete email address'],
    ['password', '', 'Type a password'],
    ['password', 'short', 'at least 10 characters'],
    ['password', 'x'.repeat(201), '200 characters are the most'],
    ['password', 'password1234', 'on lists of common ones'],
    ['password', 'northquay dana', 'made of your name'],
    ['password', 'Dana Roe, Dana Roe, 12', 'made of your name'],
    ['password', 'qwertyuiop[]', 'easy to guess'],
    ['password', '19841984198419', 'easy to guess'],
    ['organisation', '', 'name of your organisation'],
    ['timeZone', 'Mars/Olympus', 'Choose a time zone'],
  ])('%s "%s" is not taken', async (field, value, sentence) => {
    const { text } = await post(web.visitor(), { ...FORM, token, [field]: value }).expect(422);
    expect(text).toContain(sentence);
    expect(text).toMatch(new RegExp(`id="${field}-error"`));
    expect(text).not.toContain(PASSWORD);
    if (field !== 'name') expect(text).toContain('value="Dana Roe"');
  });

  test('who was imported before may be the first', async () => {
    const form = { ...FORM, token, name: 'Imp Orted', email: 'imp@northquay.example' };
    await post(web.visitor(), form).expect(303);
    const users = await web.db('users').select('name', 'time_zone');
    expect(users).toEqual([{ name: 'Imp Orted', time_zone: 'Europe/Berlin' }]);
  });
});

test('it makes a Super Administrator, who is signed in, and is over', async () => {
  await withWeb(async (web, token) => {
    const dana = web.visitor();
    await dana.get(`/set-up?token=${token}`).expect(200);
    const { headers } = await post(dana, { ...FORM, token }).expect(303);
    expect(headers.location).toBe('/');
    await dana.get('/').expect(200);
    await dana.get('/admin').expect(200);
    const settings: unknown = await web
      .db('settings')
      .where({ key: 'organisation' })
      .first('value');
    expect(settings).toEqual({ value: 'North Quay' });
    for (const agent of [dana, web.visitor()]) {
      await agent.get(`/set-up?token=${token}`).expect(404);
      await post(agent, { ...FORM, token }).expect(404);
    }
    expect(await setUpLink(web.deps, BASE_URL)).toBeNull();
    const form = { email: 'dana@northquay.example', password: PASSWORD };
    await web.visitor().post('/sign-in').type('form').send(form).expect(303);
    const log = web.lines.join('');
    expect(log).not.toContain(token);
    expect(log).not.toContain(PASSWORD);
  });
});

test('of several people at once, one wins', async () => {
  await withWeb(async (web, token) => {
    const names = ['Ada One', 'Ben Two', 'Cay Three', 'Dee Four'];
    const answers = await Promise.all(
      names.map((name, index) =>
        post(web.visitor(), { ...FORM, token, name, email: `n${index}@northquay.example` }),
      ),
    );
    const to = answers.map(({ status, headers }) => `${status} ${String(headers.location)}`);
    expect(to.filter((one) => one === '303 /')).toHaveLength(1);
    for (const one of to) expect(one).toMatch(/^(303 \/|303 \/sign-in|404 undefined)$/);
    expect(await web.db('users').select('id')).toHaveLength(1);
  });
});

test('who comes second is told, and a user of the command line ends set-up', async () => {
  await withWeb(async (web, token) => {
    // The page was opened, and passed its checks, before that user was there.
    await web.visitor().get(`/set-up?token=${token}`).expect(200);
    await web.addUser('Cora Command', 'super-administrators');
    const first = { ...FORM, email: 'dana@northquay.example' };
    expect(await setUp(web.db, first)).toEqual({ kind: 'done-before' });
    await web.visitor().get('/set-up').expect(404);
    await web.visitor().get('/sign-in').expect(200);
  });
});

test('the archive mailbox that a command has set is no user’s', async () => {
  await withWeb(async (web, token) => {
    await addMailbox(web.db);
    const form = { ...FORM, token, email: 'Archive@northquay.example' };
    const { text } = await post(web.visitor(), form).expect(422);
    expect(text).toContain('This is an address of the archive mailbox.');
    expect(await web.db('users').select('id')).toEqual([]);
  });
});

test('tokens are not guessed at', async () => {
  await withWeb(async (web, token) => {
    for (let tries = 0; tries < 20; tries += 1) {
      await web.visitor().get(`/set-up?token=guess${tries}`).expect(422);
    }
    const { text, headers } = await web.visitor().get(`/set-up?token=${token}`).expect(429);
    expect(text).toContain('You can try again in 15 minutes.');
    expect(Number(headers['retry-after'])).toBeGreaterThan(800);
  });
});

test('another database has another token, all processes of one the same', async () => {
  const tokens: string[] = [];
  await withWeb(async (web, token) => {
    tokens.push(token);
    expect(await setUpToken(web.deps)).toBe(token);
  });
  await withWeb(async (_web, token) => void tokens.push(token));
  expect(new Set(tokens).size).toBe(2);
});
