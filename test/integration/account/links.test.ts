import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { userLink } from '../../../src/users/user-links.ts';
import { createUserToken, type TokenSubject } from '../../../src/users/user-token-store.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { until } from '../../support/until.ts';
import { BASE_URL, startTestWeb, type TestUser, type TestWeb } from '../../support/web.ts';

const NEW = 'lantern gravel ostrich piano';

let web: TestWeb;
let sink: SmtpSink;
let dana: TestUser;

beforeAll(async () => {
  web = await startTestWeb();
  sink = await startSmtpSink();
  dana = await web.addUser('Dana Kim');
});

beforeEach(async () => {
  await web.db('rate_limits').delete();
});

afterAll(async () => {
  await sink.stop();
  await web.close();
});

async function link(subject: TokenSubject): Promise<{ path: string; token: string }> {
  const token = await web.db.transaction((trx) => createUserToken(trx, subject));
  const path = userLink(BASE_URL, subject.kind, token).slice(BASE_URL.length);
  return { path, token };
}

const post = (path: string, form: object) =>
  web.visitor().post(path.split('?')[0]!).type('form').send(form);

describe('forgotten password', () => {
  const ask = (email: string) => post('/forgotten-password', { email });

  test('without outgoing mail it says whom to ask', async () => {
    const { text } = await web.visitor().get('/forgotten-password').expect(200);
    expect(text).toContain('Ask an administrator');
    await writeOutgoingSettings(web.db, web.deps.secrets, {
      host: '127.0.0.1',
      port: sink.port,
      security: 'none',
      username: null,
      password: null,
      from: 'crm@northquay.example',
    });
  });

  test('whoever asks gets the same answer; a user a link, once', async () => {
    const off = await web.addUser('Otto Off');
    await web.db('users').where({ id: off.id }).update({ disabled_at: web.db.fn.now() });
    const known = await ask(dana.address).expect(200);
    for (const email of ['nobody@northquay.example', off.address]) {
      const unknown = await ask(email).expect(200);
      expect(unknown.text.replaceAll(email, 'X')).toBe(known.text.replaceAll(dana.address, 'X'));
    }
    await until('the mail came', () => sink.received.length === 1);
    const { to, raw } = sink.received[0]!;
    expect(to).toEqual([dana.address]);
    const mail = raw.toString().replace(/=\r\n/g, '').replaceAll('=3D', '=');
    const path = /http:\/\/letterbook\.example:3000(\/links\/password\?token=\S+)/.exec(mail)![1]!;
    const token = path.split('token=')[1]!;
    const session = await web.signIn(dana);

    const page = await web.visitor().get(path).expect(200);
    expect(page.text).toContain(dana.address);
    expect(page.headers['referrer-policy']).toBe('strict-origin');
    const weak = await post(path, { token, password: 'password1234' }).expect(422);
    expect(weak.text).toContain('on lists of common ones');

    const agent = web.visitor();
    const done = await agent.post('/links/password').type('form').send({ token, password: NEW });
    expect(done.status).toBe(303);
    expect((await agent.get('/').expect(200)).text).toContain('Your new password is saved');
    await session.get('/').expect(303);
    await until('the owner is told', () => sink.received.length === 2);
    expect(sink.received[1]!.headers.subject).toContain('was changed');

    for (const again of [web.visitor().get(path), post(path, { token, password: NEW })]) {
      const { text } = await again.expect(410);
      expect(text).toContain('used already');
      expect(text).toContain('href="/forgotten-password"');
    }
    expect(web.lines.join('')).not.toContain(token);
    expect(web.lines.join('')).not.toContain(NEW);
  });

  test.each(['', 'dana', '@'])('"%s" is no address', async (email) => {
    const { text } = await ask(email).expect(422);
    expect(text).toContain('Type a complete email address');
  });

  test.each(['nobody@northquay.example', 'dana.kim@northquay.example'])(
    '%s: so many and no more',
    async (email) => {
      for (let n = 0; n < 3; n += 1) await ask(email).expect(200);
      const { text } = await ask(email).expect(429);
      expect(text).toContain('You can try again in 15 minutes.');
    },
  );
});

describe('an invitation', () => {
  test('sets the first password and signs in', async () => {
    const una = await web.addUser('Una <b>User</b>');
    await web.db('users').where({ id: una.id }).update({ password_hash: null });
    const { path, token } = await link({ kind: 'invitation', userId: una.id });
    const { text } = await web.visitor().get(path).expect(200);
    expect(text).toContain('Welcome, Una &lt;b&gt;User&lt;/b&gt;');
    await web.visitor().get(path).expect(200);
    const agent = web.visitor();
    await agent.post('/links/invitation').type('form').send({ token, password: NEW }).expect(303);
    await agent.get('/').expect(200);
  });

  test('of two at once, one sets it', async () => {
    const { path, token } = await link({ kind: 'invitation', userId: dana.id });
    const answers = await Promise.all(
      [NEW, `${NEW} two`].map((password) => post(path, { token, password })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
  });
});

describe('confirming an address', () => {
  const pending = async (userId: number, address: string) => {
    const [row] = await web
      .db('user_addresses')
      .insert({ user_id: userId, address })
      .returning('id');
    return await link({ kind: 'address', userId, addressId: row!.id });
  };
  const verified = async (address: string) =>
    (await web.db('user_addresses').where({ address }).whereNotNull('verified_at')).length;

  test('needs the button, since scanners open links', async () => {
    const { path, token } = await pending(dana.id, 'dana@home.example');
    const { text } = await web.visitor().get(path).expect(200);
    expect(text).toContain('Confirm only if you are Dana Kim');
    expect(await verified('dana@home.example')).toBe(0);
    const agent = web.visitor();
    await agent.post('/links/address').type('form').send({ token }).expect(303);
    expect(await verified('dana@home.example')).toBe(1);
    const answer = await agent.get('/sign-in').expect(200);
    expect(answer.text).toContain('dana@home.example is confirmed');
    await post(path, { token }).expect(410);
  });

  test('that somebody else has confirmed meanwhile', async () => {
    const eve = await web.addUser('Eve Other');
    const mine = await pending(dana.id, 'shared@home.example');
    const hers = await pending(eve.id, 'shared@home.example');
    await post(hers.path, { token: hers.token }).expect(303);
    const { text } = await post(mine.path, { token: mine.token }).expect(409);
    expect(text).toContain('Another user has confirmed shared@home.example');
  });
});

describe('links that do not work', () => {
  const paths = ['/links/invitation', '/links/password', '/links/address'];

  test.each(paths)('%s: unknown', async (path) => {
    for (const query of ['', '?token=', '?token=nonsense', '?token[]=a&token[]=b']) {
      const { text } = await web
        .visitor()
        .get(path + query)
        .expect(404);
      expect(text).toContain('Copy the whole link');
    }
    await post(path, { token: 'nonsense', password: NEW }).expect(404);
  });

  test('expired', async () => {
    const { path, token } = await link({ kind: 'password-reset', userId: dana.id });
    await web.db('user_tokens').where({ used_at: null }).update({ expires_at: web.db.fn.now() });
    const { text } = await web.visitor().get(path).expect(410);
    expect(text).toContain('This link has expired');
    await post(path, { token, password: NEW }).expect(410);
  });

  test('are not guessed at; those that work are not counted', async () => {
    const { path } = await link({ kind: 'password-reset', userId: dana.id });
    for (let n = 0; n < 31; n += 1) await web.visitor().get(path).expect(200);
    for (let n = 0; n < 30; n += 1)
      await web.visitor().get(`/links/password?token=${n}`).expect(404);
    const { text } = await web.visitor().get(path).expect(429);
    expect(text).toContain('You can try again in 15 minutes.');
  });
});
