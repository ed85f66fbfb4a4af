import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let superAgent: Agent;
let adminAgent: Agent;

beforeAll(async () => {
  web = await startTestWeb();
  superAgent = await web.signIn(await web.addUser('Sue Per', 'super-administrators'));
  adminAgent = await web.signIn(await web.addUser('Ada Min', 'administrators'));
});
afterAll(() => web.close());

const upload = (content: string | Buffer, by = superAgent) =>
  by.post('/admin/users/import').attach('file', Buffer.from(content), 'users.csv');
const plainText = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const users = async () => Number((await web.db('users').count())[0]?.count);

describe('files that are refused', () => {
  test.each([
    ['empty', '', 'Choose a file that is not empty.'],
    ['a header alone', 'name,email\n', 'The file has no lines but a header.'],
    ['Latin-1', Buffer.from('Zo\xeb,zoe@x.example', 'latin1'), 'The file is not in UTF-8.'],
    ['UTF-16', Buffer.from('\ufeffZoe,zoe@x.example', 'utf16le'), 'The file is not in UTF-8.'],
    ['an open quote', '"Zoe,zoe@x.example\nTom,tom@x.example', 'Quote Not Closed'],
    ['5,001 lines', 'a,b\n'.repeat(5_001), 'more than 5,000 lines'],
    ['over 1 MB', 'x'.repeat(1_000_001), 'larger than 1 MB'],
  ])('%s', async (_what, content, says) => {
    const before = await users();
    const { text } = await upload(content).expect(422);
    expect(plainText(text)).toContain(says);
    expect(await users()).toBe(before);
  });

  test('a form without a file, and one of another kind', async () => {
    for (const send of [
      superAgent.post('/admin/users/import').field('file', 'text'),
      superAgent.post('/admin/users/import').type('form').send({ file: 'x' }),
      superAgent.post('/admin/users/import').attach('other', Buffer.from('a'), 'a.csv'),
    ]) {
      expect((await send).status).toBe(422);
    }
  });
});

test('each line has its result; what is wrong hinders no others', async () => {
  const file = [
    'Group,Email,Name',
    '"Super Administrators; administrators",Dana@Firm.example,"Kim, ""Dana"""',
    ',tom@firm.example,Tom Hale',
    ',tom@firm.example,Tom again',
    ',sue.per@northquay.example,Sue',
    ',nonsense,No Address',
    'Wizards,wiz@firm.example,Wiz',
    ',noname@firm.example,',
    ',nul@firm.example,a\u0000b',
    `,long@firm.example,${'x'.repeat(201)}`,
    ',formula@firm.example,"=HYPERLINK(""http://evil.example"")"',
    ',script@firm.example,<script>alert(1)</script>',
  ].join('\r\n');
  const { text } = await upload(`\ufeff${file}`).expect(200);
  const page = plainText(text);
  expect(page).toContain('4 users were created.');
  expect(page).toContain('2 lines name addresses that users have already.');
  expect(page).toContain('5 lines were not imported.');
  expect(page).toContain('6 No Address nonsense This is not an email address.');
  expect(page).toMatch(/7 Wiz wiz@firm.example There is no group &#34;Wizards&#34;/);
  for (const line of [8, 9, 10]) expect(page).toMatch(new RegExp(`${line} .*?A name of 1 to 200`));
  expect(text).not.toContain('<script>alert');
  const [dana = 0] = await web
    .db('user_addresses')
    .where({ address: 'dana@firm.example' })
    .pluck('user_id');
  expect(await web.db('users').where({ id: dana }).first()).toMatchObject({
    name: 'Kim, "Dana"',
    password_hash: null,
  });
  expect(await web.db('group_members').where({ user_id: dana })).toHaveLength(3);
  expect(await web.db('audit_log').where({ action: 'user.created' })).toHaveLength(4);
  const { text: again } = await upload(file).expect(200);
  expect(plainText(again)).toContain('0 users were created.');
});

test('administrators give no groups', async () => {
  const { text } = await upload(
    'A,a@grp.example,administrators\nB,b@grp.example,everyone\nC,c@grp.example',
    adminAgent,
  ).expect(200);
  const page = plainText(text);
  expect(page).toContain('1 A a@grp.example Only Super Administrators put users into groups');
  expect(page).toContain('2 users were created.');
});

test('5,000 lines', async () => {
  const lines = Array.from({ length: 5_000 }, (_, n) => `Person ${n},person${n}@many.example`);
  const { text } = await upload(lines.join('\n')).expect(200);
  expect(plainText(text)).toContain('5,000 users were created.'.replace('5,000', '5000'));
});
