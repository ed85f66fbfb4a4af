import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';
import { ARCHIVE, mail } from '../../unit/archiving/samples.ts';

let web: TestWeb;
let as: Record<'user' | 'administrator' | 'superAdministrator', Agent>;

beforeAll(async () => {
  web = await startTestWeb();
  as = {
    user: await web.signIn(await web.addUser('Una User')),
    administrator: await web.signIn(await web.addUser('Ada Admin', 'administrators')),
    superAdministrator: await web.signIn(await web.addUser('Sue Super', 'super-administrators')),
  };
});
afterAll(() => web.close());

test.each<[keyof typeof as, string, number]>([
  ['user', '/admin', 403],
  ['user', '/admin/email', 403],
  ['user', '/admin/status', 403],
  ['administrator', '/admin', 200],
  ['administrator', '/admin/email', 200],
  ['administrator', '/admin/status', 200],
  ['administrator', '/admin/rejected', 403],
  ['superAdministrator', '/admin', 200],
  ['superAdministrator', '/admin/rejected', 200],
])('%s: %s answers %i', async (who, path, status) => {
  await as[who].get(path).expect(status);
});

test('Administration, Email Configuration, Email Archiving Configuration', async () => {
  const first = await as.administrator.get('/admin').expect(200);
  expect(first.text).toContain('href="/admin/email"');
  expect(first.text).toContain('Not set up');
  expect(first.text).not.toContain('href="/admin/rejected"');
  const email = await as.administrator.get('/admin/email').expect(200);
  expect(email.text).toContain('<title>Email Configuration');
  expect(email.text).toContain('href="/admin/email/archiving"');
  expect(email.text).toContain('href="/admin/email/outgoing"');
  expect(email.text).toContain('Email Archiving Configuration');
});

test('counts are those of the database', async () => {
  const bench = await createFilingBench(web.db);
  for (const from of ['a@x.example', 'b@x.example']) {
    await bench.file(await bench.storeMail(mail({ from: [from], to: [ARCHIVE] })));
  }
  await bench.storeMail(mail());
  const { text } = await as.superAdministrator.get('/admin').expect(200);
  expect(text).toContain('3 messages');
  expect(text).toContain('2 rejected messages');
  expect(text).toContain('3 active users');
});
