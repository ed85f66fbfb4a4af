import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { ARCHIVE, insertMailbox } from '../../support/filing-bench.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { until } from '../../support/until.ts';
import {
  PASSWORD,
  startTestWeb,
  type Agent,
  type TestUser,
  type TestWeb,
} from '../../support/web.ts';

let web: TestWeb;
let sink: SmtpSink;
let user: TestUser;
let agent: Agent;
let other: TestUser;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  sink = await startSmtpSink();
  other = await web.addUser('Tom Hale', 'administrators');
});
afterAll(async () => {
  await sink.stop();
  await web.close();
});
beforeEach(async () => {
  count += 1;
  user = await web.addUser(`Dana Kim ${count}`);
  agent = await web.signIn(user);
});

const post = (path: string, form: object, by = agent) => by.post(path).type('form').send(form);
const plainText = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const page = async () => plainText((await agent.get('/profile').expect(200)).text);
const addresses = async (id = user.id) =>
  await web.db('user_addresses').where({ user_id: id }).orderBy('id');

async function setUpMail(): Promise<void> {
  await writeOutgoingSettings(web.db, web.deps.secrets, {
    host: sink.host,
    port: sink.port,
    security: 'none',
    username: null,
    password: null,
    from: 'crm@northquay.example',
  });
}

describe('about oneself', () => {
  test('name, time zone and theme are saved and shown', async () => {
    await post('/profile', {
      name: ' Dana  O’Kim ',
      timeZone: 'Asia/Kolkata',
      theme: 'dark',
    }).expect(303);
    const { text } = await agent.get('/profile').expect(200);
    expect(text).toContain('value="Dana O’Kim"');
    expect(text).toContain('<option value="Asia/Kolkata" selected>');
    expect(text).toContain('data-bs-theme="dark"');
  });

  test.each([
    ['no name', { name: '' }, 'Enter a name on one line.'],
    ['a control in it', { name: 'a\u0007b' }, 'Enter a name on one line.'],
    ['a long name', { name: 'x'.repeat(201) }, 'at most 200 characters'],
    ['no such zone', { timeZone: 'Mars/Base' }, 'Choose a time zone of the list.'],
    ['an offset', { timeZone: '+01:00' }, 'Choose a time zone of the list.'],
    ['no such theme', { theme: 'pink' }, 'Choose one of the themes.'],
  ])('%s is refused, and nothing is saved', async (_what, wrong, says) => {
    const before = await web.db('users').where({ id: user.id }).first();
    const form = { name: 'Other', timeZone: 'UTC', theme: 'dark', ...wrong };
    expect(plainText((await post('/profile', form).expect(422)).text)).toContain(says);
    expect(await web.db('users').where({ id: user.id }).first()).toEqual(before);
  });

  test('more than that is not theirs to say', async () => {
    const form = {
      name: 'D',
      timeZone: 'UTC',
      theme: 'auto',
      id: String(other.id),
      groups: 'administrators',
    };
    await post('/profile', form).expect(303);
    expect((await web.db('users').where({ id: other.id }).first())?.name).toBe('Tom Hale');
    await agent.get('/admin').expect(403);
  });
});

describe('own addresses', () => {
  test('wait for the link that is sent to them', async () => {
    await setUpMail();
    const address = `own${count}@home.example`;
    await post('/profile/addresses', { address: address.toUpperCase() }).expect(303);
    expect(await page()).toContain(`A link was sent to ${address}.`);
    expect(sink.received.at(-1)?.to).toEqual([address]);
    const text = sink.received.at(-1)?.raw.toString().replaceAll('=\r\n', '');
    expect(text).toContain('/links/address?token=3D');
    const [, added] = await addresses();
    expect(added).toMatchObject({ address, verified_at: null, is_primary: false });
    const sent = sink.received.length;
    await post(`/profile/addresses/${String(added?.id)}/send`, {}).expect(303);
    expect(await page()).toContain('A link was sent to');
    expect(sink.received).toHaveLength(sent);
    await web
      .db('user_tokens')
      .where({ user_id: user.id })
      .update({ created_at: new Date(0) });
    await post(`/profile/addresses/${String(added?.id)}/send`, {}).expect(303);
    expect(sink.received).toHaveLength(sent + 1);
    await post(`/profile/addresses/${String(added?.id)}/primary`, {}).expect(303);
    expect(await page()).toContain('Only a confirmed address can be the primary one.');
    await web.db('settings').where({ key: 'outgoing-mail' }).delete();
  });

  test('wait for an administrator where no mail goes out', async () => {
    await post('/profile/addresses', { address: `own${count}@home.example` }).expect(303);
    expect(await page()).toContain('Administrators were told, and can confirm it.');
  });

  test('of others are not given, nor told about', async () => {
    await insertMailbox(web.db, { username: `login${count}`, active: false });
    for (const [address, says] of [
      [other.address.toUpperCase(), 'This address is in use.'],
      [user.address, 'You have this address already.'],
      [ARCHIVE, 'This is an address of the archive mailbox.'],
      ['dana', 'Enter one email address'],
      ['a@x.example\r\nBcc: b@x.example', 'Enter one email address'],
    ]) {
      const { text } = await post('/profile/addresses', { address }).expect(422);
      expect(plainText(text)).toContain(says);
      expect(text).not.toContain('Tom Hale');
    }
    expect(await addresses()).toHaveLength(1);
  });

  test('are few, for each sends a mail', async () => {
    for (let n = 0; n < 5; n += 1) {
      await post('/profile/addresses', { address: `n${n}.${count}@home.example` }).expect(303);
    }
    const many = () => post('/profile/addresses', { address: `n9.${count}@home.example` });
    expect(plainText((await many().expect(422)).text)).toContain('Too many addresses wait');
    const actor = { actor_id: user.id, action: 'user.own-address-added', detail: '{}' };
    await web.db('user_addresses').where({ user_id: user.id, is_primary: false }).delete();
    await web.db('audit_log').insert(Array.from({ length: 20 }, () => actor));
    await many().expect(422);
  });

  test('at least one confirmed one stays, whatever is done at once', async () => {
    await web.db('user_addresses').insert({
      user_id: user.id,
      address: `second${count}@home.example`,
      verified_at: new Date(),
    });
    const [first, second] = (await addresses()).map(({ id }) => id);
    await Promise.all([
      post(`/profile/addresses/${String(second)}/primary`, {}),
      post(`/profile/addresses/${String(first)}/remove`, {}),
      post(`/profile/addresses/${String(second)}/remove`, {}),
    ]);
    const left = await addresses();
    expect(left.filter((row) => row.is_primary && row.verified_at !== null)).toHaveLength(1);
    await post(
      `/profile/addresses/${String(left.find((row) => row.is_primary)?.id)}/remove`,
      {},
    ).expect(303);
    expect(await addresses()).toHaveLength(left.length);
  });

  test('of somebody else are out of reach', async () => {
    const rows = await web
      .db('user_addresses')
      .insert({ user_id: other.id, address: `toms${count}@home.example`, verified_at: new Date() })
      .returning('id');
    const before = await addresses(other.id);
    for (const action of ['send', 'primary', 'remove']) {
      await post(`/profile/addresses/${String(rows[0]?.id)}/${action}`, {}).expect(303);
      expect(await page()).toContain('removed or confirmed meanwhile');
      await post(`/profile/addresses/x/${action}`, {}).expect(404);
    }
    expect(await addresses(other.id)).toEqual(before);
  });
});

describe('password and sessions', () => {
  const NEXT = 'seven umbrellas walk north';

  test('changing the password ends all other sessions', async () => {
    const elsewhere = await web.signIn(user);
    await post('/profile/password', { currentPassword: user.password, password: NEXT }).expect(303);
    expect(await page()).toContain('The password was changed.');
    await elsewhere.get('/profile').expect(303);
    await web.signIn({ ...user, password: NEXT });
  });

  test('a change is told to the primary address', async () => {
    await setUpMail();
    const sent = sink.received.length;
    await post('/profile/password', { currentPassword: 'wrong', password: NEXT }).expect(422);
    await post('/profile/password', { currentPassword: user.password, password: NEXT }).expect(303);
    await until('the mail is there', () => sink.received.length > sent);
    const told = sink.received.slice(sent);
    expect(told).toMatchObject([{ to: [user.address] }]);
    expect(told[0]?.headers.subject).toContain('was changed');
    expect(told[0]?.raw.toString()).toContain('/forgotten-password');
    await web.db('settings').where({ key: 'outgoing-mail' }).delete();
  });

  test.each([
    ['a wrong one', { currentPassword: 'wrong', password: NEXT }, 'not your current password'],
    ['none', {}, 'not your current password'],
    ['lists', { currentPassword: ['a', 'b'], password: NEXT }, 'not your current password'],
    ['the same', { currentPassword: PASSWORD, password: PASSWORD }, 'the password that you have'],
  ])('%s is refused', async (_what, form, says) => {
    const { text } = await post('/profile/password', form).expect(422);
    expect(plainText(text)).toContain(says);
    expect(text).not.toContain(NEXT);
  });

  test('nobody guesses on', async () => {
    const guess = () => post('/profile/password', { currentPassword: 'x', password: NEXT });
    for (let n = 0; n < 10; n += 1) await guess().expect(422);
    expect(plainText((await guess().expect(429)).text)).toContain('Too many tries.');
  });

  test('a session ends after 90 days, however busy it is', async () => {
    const since = (days: number) =>
      web.db.raw(`update sessions set sess = jsonb_set(sess::jsonb, '{since}', ?::jsonb)::json`, [
        String(Date.now() - days * 24 * 60 * 60 * 1000),
      ]);
    await since(89);
    await agent.get('/profile').expect(200);
    await since(91);
    await agent
      .get('/profile')
      .expect(303)
      .expect('location', /^\/sign-in/);
  });

  test('signing out everywhere else leaves this one', async () => {
    const elsewhere = await web.signIn(user);
    await post('/profile/sign-out-others', {}).expect(303);
    expect(await page()).toContain('1 other session was signed out.');
    await elsewhere.get('/profile').expect(303);
  });
});

describe('the archive address', () => {
  test('is shown with what to do, and as a card; or what is missing', async () => {
    await web.db('mailboxes').delete();
    expect(await page()).toContain('Ask an administrator to set it up.');
    await agent.get('/profile/letterbook.vcf').expect(404);
    await insertMailbox(web.db);
    expect(await page()).toContain('Archiving only works when you Bcc or forward from an address');
    const card = await agent.get('/profile/letterbook.vcf').expect(200);
    expect(card.headers['content-type']).toBe('text/vcard; charset=utf-8');
    expect(card.headers['content-disposition']).toBe('attachment; filename=letterbook.vcf');
    expect(card.text).toBe(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Letterbook archive\r\nN:Letterbook archive;;;;\r\n' +
        `EMAIL;TYPE=INTERNET:${ARCHIVE}\r\nEND:VCARD\r\n`,
    );
  });

  test('nobody else reads a profile', async () => {
    for (const path of ['/profile', '/profile/letterbook.vcf']) {
      await web.visitor().get(path).expect(303);
    }
  });
});
