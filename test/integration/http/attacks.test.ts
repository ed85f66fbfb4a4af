import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMail, textPart } from '../../support/mail-builder.ts';
import { createRealFiling } from '../../support/real-filing.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

/*
 * What somebody with bad intentions tries: what has worked once, and must not again.
 */

let web: TestWeb;
let root: TestUser;
let dana: TestUser;
let sue: Agent;
let ada: Agent;

const NEW_PASSWORD = 'seven purple lanterns drift east';

beforeAll(async () => {
  web = await startTestWeb();
  root = await web.addUser('Sue Super', 'super-administrators');
  dana = await web.addUser('Dana Kim');
  sue = await web.signIn(root);
  ada = await web.signIn(await web.addUser('Ada Admin', 'administrators'));
});
afterAll(async () => {
  await web.close();
});

describe('guessing passwords', () => {
  test.each([
    '',
    'email=&password=',
    'email=a&email=b&password=c',
    'email=nobody%40x.example',
    'password=wrong',
  ])('the query gives sign-in nothing that the body lacks: "%s"', async (body) => {
    const { address, password } = dana;
    const query = new URLSearchParams({ email: address, password });
    const visitor = web.visitor();
    await visitor.post(`/sign-in?${query.toString()}`).type('form').send(body).expect(422);
    await visitor.get('/profile').expect(303);
  });
});

describe('a link that sets a password', () => {
  test('that an administrator was shown is worth nothing once its user is promoted', async () => {
    const { id } = await web.addUser('Pia Promoted');
    const link = await shownLink(ada, id);
    const groups = 'super-administrators';
    await sue.post(`/admin/users/${id}/groups`).type('form').send({ groups }).expect(303);
    expect(await useLink(link)).toBe(410);
  });

  test('ends when its user loses an address, which it may have been sent to', async () => {
    const { id } = await web.addUser('Theo Old');
    await ada
      .post(`/admin/users/${id}/addresses`)
      .type('form')
      .send({ address: 'theo@old.example' })
      .expect(303);
    const link = await shownLink(ada, id);
    const old = await web.db('user_addresses').where({ address: 'theo@old.example' }).first('id');
    await ada.post(`/admin/users/${id}/addresses/${old?.id}/remove`).expect(303);
    expect(await useLink(link)).toBe(410);
  });
});

async function shownLink(administrator: Agent, userId: number): Promise<string> {
  await administrator.post(`/admin/users/${userId}/link/show`).expect(303);
  const { text } = await administrator.get(`/admin/users/${userId}`).expect(200);
  const token = /\/links\/password\?token=([\w-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error('No link was shown.');
  return token;
}

/** @returns the status of the answer; 303 is success. */
async function useLink(token: string): Promise<number> {
  const form = { token, password: NEW_PASSWORD };
  return (await web.visitor().post('/links/password').type('form').send(form)).status;
}

describe('odd input is no error of ours', () => {
  test.each([
    '/admin/log?from=0000-01-01',
    '/admin/log?to=0000-12-31',
    '/emails?from=0000-01-01',
    '/emails?until=0000-01-01',
  ])('%s', async (address) => {
    await sue.get(address).expect(200);
  });

  test('a NUL in the search on an email', async () => {
    const filing = await createRealFiling(web.db);
    await filing.person('jane@client.example');
    const [email] = await filing.file(
      buildMail(
        [
          ['From', dana.address],
          ['To', 'jane@client.example, kim@client.example'],
          ['Subject', 'Chairs'],
        ],
        textPart('Hello'),
      ),
    );
    const agent = await web.signIn(dana);
    await agent.get(`/emails/${email?.id}?who=kim@client.example&q=a%00b`).expect(200);
    await filing.close();
  });

  test.each([
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="file"'],
  ])('a broken upload: %s', async (type, body) => {
    await ada.post('/admin/users/import').set('Content-Type', type).send(body).expect(422);
  });
});
