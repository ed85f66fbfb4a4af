import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../../src/demo/stories/people.ts';
import { users } from '../../../src/demo/stories/users.ts';
import { createInstallation, type Installation } from '../../support/installation.ts';
import { expectedLog } from './expected-log.ts';

let installation: Installation;

beforeAll(async () => {
  installation = await createInstallation();
});

afterAll(async () => {
  await installation.remove();
});

test('fills a database with the stories, each mail as is written beside it', async () => {
  const { stdout } = await installation.run(['seed']);

  expect(stdout).toContain('Added 10 users, 60 contacts and leads, and 80 mails.');
  expect(await installation.log()).toEqual(expectedLog());
  const { db } = installation;
  expect(await db('users').pluck('name')).toEqual(Object.values(users).map(({ name }) => name));
  expect(await db('people')).toHaveLength(Object.keys(people).length);
  expect(await db('accounts')).toHaveLength(25);
  // Strangers from before the set-up hear nothing.
  expect(await db('outgoing_messages').pluck('recipient').orderBy('id')).toEqual([
    'amelia.grant@homepost.example',
    'kip@rank-rocket.example',
  ]);
  const mailboxes = await db('mailboxes').select('active');
  expect(mailboxes).toEqual([{ active: false }]);
});

test('says that a database with users is none to be filled', async () => {
  const { stderr } = await installation.run(['seed'], { expected: 1 });

  expect(stderr).toMatch(/^There are users in PostgreSQL at .*: seed another one, or give --force/);
});

test('adds nothing the second time', async () => {
  const { stdout } = await installation.run(['seed', '--force']);

  expect(stdout).toContain('Everything was there already: nothing was added.');
  expect(await installation.log()).toHaveLength(80);
});
