import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPages } from '../../../src/demo/demo-pages.ts';
import { createOutbox } from '../../../src/demo/outbox/outbox.ts';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { lookAt } from '../../support/look.ts';
import type { TestUser } from '../../support/web.ts';

const OUTBOX = '/demo/outbox';
const outbox = createOutbox();

let site: TestSite;
let user: TestUser;

beforeAll(async () => {
  site = await startTestSite({ demo: demoPages(outbox) });
  user = await site.addUser('Nadia Rahman');
});
afterAll(async () => {
  await site.close();
});

function caught(envelopeFrom: string, ...lines: readonly string[]): void {
  const raw = Buffer.from(lines.join('\r\n'));
  outbox.add({ envelopeFrom, to: ['kip@rank-rocket.example'], raw });
}

test('nothing has gone out yet', async () => {
  expect(await lookAt(site, { name: 'outbox-empty', path: OUTBOX, user })).toEqual([]);
});

test('what went out stands there, the newest first, with links that can be followed', async () => {
  caught('', 'From: crm@quayside.example', 'Subject: It came back', '', 'No such owner.');
  caught(
    'crm@quayside.example',
    ...['From: crm@quayside.example', `Subject: ${'W'.repeat(120)}`, 'Content-Type: text/plain'],
    ...['', `Hello,\r\n\r\nopen http://localhost:3000/links/${'x'.repeat(90)}.`, '<b>not bold</b>'],
  );
  caught('a@b.example', 'Content-Type: text/html', '', '<p onclick="x()">only <i>HTML</i></p>');

  expect(await lookAt(site, { name: 'outbox', path: OUTBOX, user })).toEqual([]);
  const page = await site.open(user);
  await page.goto(site.url + OUTBOX);
  const subjects = await page.locator('article h2').allInnerTexts();
  expect(subjects.slice(0, 3)).toEqual(['(no subject)', 'W'.repeat(120), 'It came back']);
  expect(await page.locator('article').first().innerText()).toContain('only HTML');
  const links = page.locator('article a');
  expect(await links.first().getAttribute('href')).toBe(
    `http://localhost:3000/links/${'x'.repeat(90)}`,
  );
  expect(await page.locator('article b').count()).toBe(0);
  await page.context().close();
});

test('who is not signed in learns how to sign in, and sees no mail', async () => {
  expect(await lookAt(site, { name: 'outbox-outside', path: OUTBOX, user: null })).toEqual([]);
  const page = await site.open(null);
  await page.goto(site.url + OUTBOX);
  expect(page.url()).toContain('/sign-in');
  expect(await page.locator('aside.banner').innerText()).toContain('dana.kim@quayside.example');
  await page.context().close();
});
