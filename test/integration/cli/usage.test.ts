import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInstallation, type Installation } from '../../support/installation.ts';
import { failing, MAILBOX, without, withOptions } from './commands.ts';

let installation: Installation;

beforeAll(async () => {
  // Whoever is called wrongly need not look for the database.
  installation = await createInstallation({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
});
afterAll(() => installation.remove());

const COMMANDS = ['start', 'web', 'worker', 'migrate', 'user', 'people', 'mailbox', 'outgoing'];
const SUBCOMMANDS = ['user create', 'people import', 'mailbox set', 'outgoing test', 'log show'];

test('help names every command, each has help of its own, and neither is a failure', async () => {
  const { stdout } = await installation.run(['--help']);
  for (const command of [...COMMANDS, 'poll', 'log']) expect(stdout).toMatch(`\n  ${command} `);
  const helps = SUBCOMMANDS.map((name) => installation.run([...name.split(' '), '--help']));
  for (const help of await Promise.all(helps)) expect(help.stdout).toMatch(/^Usage: letterbook /);
});

test('without a command it prints its help, as one called wrongly', async () => {
  const { stderr } = await installation.run([], { expected: 2 });
  expect(stderr).toContain('Commands:');
});

const MAILBOX_PASSWORD = { env: { LETTERBOOK_MAILBOX_PASSWORD: 'secret' } };
const USER = ['user', 'create', '--name', 'Dana', '--email', 'dana@firm.example'];

describe('what is called wrongly ends with 2 and one sentence', () => {
  test.concurrent.each<readonly [string, string[], RegExp]>([
    ['an unknown command', ['pol'], /^Unknown command 'pol' \(Did you mean poll\?\)$/],
    ['an unknown option', ['poll', '--fast'], /^Unknown option '--fast': see --help/],
    ['a missing argument', ['people', 'import'], /^Missing required argument 'file'/],
    ['a missing option', without(MAILBOX, 'host'), /'--host <host>' not specified/],
    ['a bad address', withOptions(USER, { email: 'dana' }), /"dana" is not an email address/],
    ['an unknown group', [...USER, '--group', 'bosses'], /no group "bosses": use super-admin/],
    ['a name without end', withOptions(USER, { name: 'x'.repeat(201) }), /at most 200/],
    ['two lines in a name', withOptions(USER, { name: 'Da\nna' }), /control characters/],
    ['an unknown afterwards', withOptions(MAILBOX, { after: 'move:' }), /move:FOLDER, delete/],
  ])('%s', async (_name, args, sentence) => {
    expect(await failing(installation, 2, args, MAILBOX_PASSWORD)).toMatch(sentence);
  });

  test.concurrent('a setting that is wrong, without repeating it', async () => {
    const env = { DATABASE_URL: 'mysql://me:hidden@db.example/x' };
    const sentence = await failing(installation, 2, ['migrate'], { env });
    expect(sentence).toMatch(/^DATABASE_URL must be a connection string/);
    expect(sentence).not.toContain('hidden');
  });

  test.concurrent.each(['web', 'worker'])('%s without its servers', async (role) => {
    const env = { DATABASE_URL: '', REDIS_URL: '' };
    expect(await failing(installation, 2, [role], { env })).toMatch(
      /^Set DATABASE_URL and REDIS_URL to run web and worker as separate processes/,
    );
  });
});

describe('a database that is away ends with 1 and says what to look at', () => {
  test.concurrent.each([
    ['poll', ['poll']],
    ['user create', USER],
  ])('%s', async (_name, args) => {
    expect(await failing(installation, 1, args)).toBe(
      "The database can't be reached (ECONNREFUSED): check DATABASE_URL and that PostgreSQL runs.",
    );
  });

  test.concurrent('also when a server would start', async () => {
    const { stderr } = await installation.run(['start'], { expected: 1 });
    expect(stderr).toMatch(/^The database can't be reached/m);
  });
});
