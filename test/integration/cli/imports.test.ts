import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInstallation, type Installation } from '../../support/installation.ts';
import { failing, MAILBOX, printed } from './commands.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await createInstallation();
});
afterAll(() => installation.remove());

const users = async () =>
  await installation.db('users').orderBy('id').select('id', 'name', 'password_hash');
const addressesOf = async () =>
  await installation.db('user_addresses').orderBy('id').pluck('address');

async function importing(what: 'user' | 'people', content: string): Promise<string> {
  const path = await installation.writeFile(`${what}.csv`, content);
  return await printed(installation, [what, 'import', path]);
}

describe('user create', () => {
  const args = ['user', 'create', '--name', 'Root', '--email', 'Root@Firm.example'];

  test('shows a generated password once, and stores only its hash', async () => {
    const said = await printed(installation, [...args, '--group', 'Super Administrators']);
    const password = /Password, shown only now: (\S{20})\n/.exec(said)?.[1] ?? '';
    expect(password).not.toBe('');
    const [root] = await users();
    expect(root?.password_hash).toMatch(/^\$argon2id\$/);
    expect(root?.password_hash).not.toContain(password);
    const groups = await installation.db('group_members').count({ count: '*' });
    expect(groups).toEqual([{ count: 2 }]);
    expect(await addressesOf()).toEqual(['root@firm.example']);
  });

  test('a second time the address is taken, and nothing is made', async () => {
    expect(await failing(installation, 1, args)).toBe(
      'Another user already has the address root@firm.example: use another one.',
    );
    expect((await users()).length).toBe(1);
  });

  test('a given password is not repeated', async () => {
    const env = { LETTERBOOK_PASSWORD: 'a-given-password' };
    const other = ['user', 'create', '--name', 'Olga', '--email', 'olga@firm.example'];
    const said = await printed(installation, other, { env });
    expect(said).not.toContain('assword');
    expect(JSON.stringify(await users())).not.toContain('a-given-password');
  });
});

test.each([
  ['too short', 'short', 'Use at least 10 characters: four or five words, for example.'],
  ['of the person', 'olga.novak', /made of your name, address or organisation/],
])('a given password that is %s is refused, as on the pages', async (_name, password, why) => {
  const env = { LETTERBOOK_PASSWORD: password, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  const args = ['user', 'create', '--name', 'Olga Novak', '--email', 'olga@firm.example'];
  const said = await failing(installation, 2, args, { env });
  expect(said).toMatch(/^LETTERBOOK_PASSWORD is not good enough\. /);
  expect(said).toMatch(why);
});

test('nobody gets an address of the archive mailbox', async () => {
  const env = { LETTERBOOK_MAILBOX_PASSWORD: 'any' };
  await installation.run(MAILBOX, { env });
  const args = ['user', 'create', '--name', 'Log', '--email', 'Log@firm.example'];
  expect(await failing(installation, 2, args)).toBe(
    'log@firm.example is an address of the archive mailbox: give the address that the person writes from.',
  );
  const path = await installation.writeFile('archive.csv', 'Ar,archive@firm.example\n');
  expect(await failing(installation, 1, ['user', 'import', path])).toBe(
    '1 line was not imported (correct it and import the file again): line 1: archive@firm.example is an address of the archive mailbox.',
  );
  const taken = (await addressesOf()).filter((address) => /^(log|archive)@/.test(address));
  expect(taken).toEqual([]);
});

describe('user import', () => {
  const FILE = [
    'Dana Doe,dana@firm.example,Super Administrators; administrators',
    'Tom,tom@firm.example,',
  ];

  test('makes users without a password; a second time they were there', async () => {
    expect(await importing('user', FILE.join('\n'))).toBe(
      'Imported 2 users; 0 were there already.\n',
    );
    expect(await importing('user', `\ufeffname,email,group\n${FILE.join('\r\n')}`)).toBe(
      'Imported 0 users; 2 were there already.\n',
    );
    const dana = (await users()).find((user) => user.name === 'Dana Doe');
    expect(dana).toMatchObject({ password_hash: null });
    const groups = await installation.db('group_members').where({ user_id: dana?.id ?? 0 });
    expect(groups.length).toBe(3);
  });

  test('lines that are wrong are named, and hinder no others', async () => {
    const lines = ['No Address,nobody', ',empty@firm.example', 'Ann,ann@firm.example,bosses'];
    const odd = [
      'Nul\0,nul@firm.example',
      'Ann,ann@firm.example',
      `${'x'.repeat(201)},x@y.example`,
    ];
    const path = await installation.writeFile('odd.csv', [...lines, ...odd].join('\n'));
    const said = await failing(installation, 1, ['user', 'import', path]);
    expect(said).toMatch(/^5 lines were not imported \(correct them and import the file again\): /);
    expect(said).toContain('line 1: "nobody" is not an email address; line 2: a name of 1 to 200');
    expect(said).toContain('line 3: there is no group "bosses"; line 4: ');
    expect(await addressesOf()).toContain('ann@firm.example');
    expect(await addressesOf()).not.toContain('nul@firm.example');
  });
});

describe('people import', () => {
  const FILE = [
    'contact,Jane,Doe,jane@client.example,Client Inc',
    'LEAD,Joe,,Joe@Client.Example,client inc',
    'lead,Jane,Doe,jane@client.example',
  ].join('\n');
  const people = async () =>
    await installation.db('people').orderBy('id').select('kind', 'first_name', 'account_id');

  test('makes contacts, leads and their account; a second time they were there', async () => {
    const said = 'Imported 3 people; 0 were there already.\n';
    expect(await importing('people', FILE)).toBe(said);
    expect(await importing('people', FILE)).toBe('Imported 0 people; 3 were there already.\n');
    expect(await people()).toEqual([
      { kind: 'contact', first_name: 'Jane', account_id: 1 },
      { kind: 'lead', first_name: 'Joe', account_id: 1 },
      { kind: 'lead', first_name: 'Jane', account_id: null },
    ]);
    expect(await installation.db('accounts').pluck('name')).toEqual(['Client Inc']);
  });

  test('lines that are wrong are named, and hinder no others', async () => {
    const path = await installation.writeFile(
      'odd.csv',
      [
        'type,firstName,lastName,email,account',
        'customer,A,B,a@x.example,',
        'contact,,,a@x.example,',
        'contact,A,B,a at x.example,',
        'contact,A\0,B,a@x.example,',
        'contact,A,B,a@x.example,"two\nlines"',
        'contact,A,B,a@x.example,X',
      ].join('\n'),
    );
    const said = await failing(installation, 1, ['people', 'import', path]);
    expect(said).toMatch(/^4 lines were not imported/);
    expect(said).toContain('line 2: the type is contact or lead; line 3: a first or last name');
    expect(said).toContain('line 5: ');
    expect((await people()).length).toBe(4);
    // A line break within a cell is a space.
    expect(await installation.db('accounts').pluck('name')).toContain('two lines');
  });

  test('one is told as one', async () => {
    const line = `contact,Only,One,only${Date.now()}@one.example,`;
    expect(await importing('people', line)).toBe('Imported 1 person; 0 were there already.\n');
    expect(await importing('people', line)).toBe('Imported 0 people; 1 was there already.\n');
  });

  test('5,000 lines are imported', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => {
      return `contact,First${n},Last${n},person${n}@client${n % 50}.example,Client ${n % 50}`;
    });
    const said = await importing('people', rows.join('\n'));
    expect(said).toBe('Imported 5000 people; 0 were there already.\n');
  });
});

test.each(['', 'name,email,group\n'])('a list of nobody is no failure: %j', async (text) => {
  expect(await importing('user', text)).toBe('Imported 0 users; 0 were there already.\n');
});

test.each([
  ['another order', 'ann@firm.example,Ann\nbob@firm.example,Bob\n'],
  ['names that we do not know', 'Name,E-Mail-Adresse\nAnn,\n'],
  ['no list', 'Dear all,\nplease find below\n'],
])('a file with %s is told once what it needs', async (_name, text) => {
  const path = await installation.writeFile('other.csv', text);
  const said = await failing(installation, 1, ['user', 'import', path]);
  expect(said).toMatch(/^No line of .*other\.csv has an email address where one is looked for: /);
  expect(said).toMatch(/: name the columns in its first line \(name,email,group\), or keep to /);
});

test('a file that can’t be read says why', async () => {
  const path = await installation.writeFile('broken.csv', 'a,"b\n');
  const said = await failing(installation, 1, ['people', 'import', path]);
  expect(said).toMatch(/broken\.csv is not a CSV file: /);
  expect(await failing(installation, 1, ['user', 'import', `${path}.none`])).toMatch(/\(ENOENT\)/);
});
