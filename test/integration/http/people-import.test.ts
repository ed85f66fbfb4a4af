import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let dana: Agent;

beforeAll(async () => {
  web = await startTestWeb();
  await web.addUser('Sue Per', 'super-administrators');
  dana = await web.signIn(await web.addUser('Dana Kim'));
});
afterAll(() => web.close());

const plainText = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const people = async () => Number((await web.db('people').count())[0]?.count);
const upload = (content: string | Buffer, type = 'contact') =>
  dana
    .post('/people/import')
    .field('type', type)
    .attach('file', Buffer.from(content), 'people.csv');
/** What a browser sends back from the preview. */
const tableIn = (html: string) =>
  (/<textarea name="table" hidden>\n([^<]*)<\/textarea>/.exec(html)?.[1] ?? '')
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\r?\n/g, '\r\n');
const confirm = (table: string, type = 'contact') =>
  dana.post('/people/imports').field('type', type).field('table', table);

describe('files that are refused', () => {
  test.each([
    ['empty', '', 'Choose a file that is not empty.'],
    ['a header alone', 'type,email\n', 'no lines but a header'],
    ['Latin-1', Buffer.from('contact,Zo\xeb,,zoe@x.example', 'latin1'), 'not in UTF-8'],
    ['UTF-16', Buffer.from('\ufeffcontact,Zoe,,zoe@x.example', 'utf16le'), 'not in UTF-8'],
    ['an open quote', '"contact,Zoe,,zoe@x.example\n', 'Quote Not Closed'],
    ['5,001 lines', 'contact,A,B,a@x.example,\n'.repeat(5_001), 'more than 5,000 lines'],
    ['over 1 MB', 'x'.repeat(1_000_001), 'larger than 1 MB'],
    ['far over 1 MB', 'x'.repeat(3_000_000), 'larger than 1 MB'],
  ])('%s', async (_what, content, says) => {
    const before = await people();
    expect(plainText((await upload(content).expect(422)).text)).toContain(says);
    expect(await people()).toBe(before);
  });

  test('a form without a table', async () => {
    for (const path of ['/people/import', '/people/imports']) {
      for (const send of [
        dana.post(path).field('file', 'text'),
        dana.post(path).attach('other', Buffer.from('a'), 'a.csv'),
        dana.post(path).field('table', 'a').field('table', 'b'),
      ]) {
        expect((await send).status, path).toBe(422);
      }
    }
  });
});

test('a file is looked at first, and makes what was shown', async () => {
  const file = [
    '\ufeffEmail,First Name,Last Name,Account,Type',
    'Jane@Client.example,Jane,"Doe, ""JD""",Client Ltd,Contact',
    'jane@client.example,Jane,"Doe, ""JD""",Client Ltd,contact',
    'tom@prospect.example,Tom,Hale,,lead',
    'nobody@prospect.example,No,Type,,',
    'nonsense,No,Address,,contact',
    'noname@client.example,,,Client Ltd,contact',
    'long@client.example,Long,' + 'x'.repeat(201) + ',,contact',
    'wiz@client.example,Wiz,Ard,,wizard',
    'formula@client.example,"=HYPERLINK(""http://evil.example"")",x,,contact',
    'script@client.example,<script>alert(1)</script>,</textarea>,,contact',
  ].join('\r\n');
  const before = await people();
  const { text } = await upload(file, 'lead').expect(200);
  const preview = plainText(text);
  expect(preview).toContain('5 records will be created.');
  expect(preview).toContain('1 is here already, or twice in the file');
  expect(preview).toContain('4 lines are left out.');
  expect(preview).toMatch(/6 This is not an email address\. contact, No, Address, nonsense/);
  expect(preview).toMatch(/7 A first or last name is needed\./);
  expect(preview).toMatch(/8 Names are one line/);
  expect(preview).toMatch(/9 The type is contact or lead\./);
  expect(text).not.toContain('<script>alert');
  expect(await people()).toBe(before);

  const table = tableIn(text);
  expect(table).toBe(file);
  const report = plainText((await confirm(table, 'lead').expect(200)).text);
  expect(report).toContain('5 records were created.');
  expect(await people()).toBe(before + 5);
  const kinds = await web
    .db('people as p')
    .join('person_addresses as a', 'a.person_id', 'p.id')
    .whereIn('address', ['jane@client.example', 'nobody@prospect.example'])
    .orderBy('address')
    .select('kind', 'last_name');
  expect(kinds).toEqual([
    { kind: 'contact', last_name: 'Doe, "JD"' },
    { kind: 'lead', last_name: 'Type' },
  ]);
  expect(await web.db('audit_log').where({ action: 'people.imported' }).pluck('detail')).toEqual([
    { created: 5 },
  ]);

  const again = plainText((await confirm(table, 'lead').expect(200)).text);
  expect(again).toContain('0 records were created.');
  expect(again).toContain('6 are here already');
  expect(await people()).toBe(before + 5);
});

test('semicolons and tabs part cells where the first line has no commas', async () => {
  for (const [n, parted] of [';', '\t'].entries()) {
    const row = ['contact', 'Ann', 'Lee', `ann${n}@client.example`, '"Lee, Ltd"'].join(parted);
    const preview = plainText((await upload(`${row}\n`).expect(200)).text);
    expect(preview).toContain('1 record will be created.');
    expect(preview).toContain('Lee, Ltd');
  }
});

test('nothing to create leaves nothing to press', async () => {
  const { text } = await upload('contact,A,B,nonsense').expect(200);
  expect(plainText(text)).toContain('There is nothing in the file that could be created.');
  expect(text).not.toContain('name="table"');
});

test('the lists lead to it, and an unknown type is a contact', async () => {
  expect((await dana.get('/leads').expect(200)).text).toContain('href="/people/import?type=lead"');
  const { text } = await dana.get('/people/import?type=wizard').expect(200);
  expect(text).toMatch(/value="contact" checked/);
});
