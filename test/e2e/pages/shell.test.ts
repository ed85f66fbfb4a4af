import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestToken } from '../../../src/digest/digest-link.ts';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { createFilingBench } from '../../support/filing-bench.ts';
import { lookAt } from '../../support/look.ts';
import { until } from '../../support/until.ts';
import type { TestUser } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';

let site: TestSite;
let admin: TestUser;

beforeAll(async () => {
  site = await startTestSite();
  admin = await site.addUser('Ada Admin', 'super-administrators');
});
afterAll(async () => {
  await site.close();
});

test('the sign-in page', async () => {
  expect(await lookAt(site, { name: 'sign-in', path: '/sign-in', user: null })).toEqual([]);
});

test('an error page', async () => {
  expect(await lookAt(site, { name: 'not-found', path: '/nowhere', user: admin })).toEqual([]);
});

test('the menus open by keyboard, and without scripts', async () => {
  const page = await site.open(admin, { viewport: { width: 1360, height: 900 } });
  await page.focus('a[href="/profile"][data-bs-toggle]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.dropdown-menu.show');
  expect(await page.isVisible('a.dropdown-item[href="/data-cleanup"]')).toBe(true);
  await page.context().close();

  const plain = await site.open(admin, { javaScriptEnabled: false });
  await plain.hover('a[href="/profile"][data-bs-toggle]');
  expect(await plain.isVisible('a.dropdown-item[href="/data-cleanup"]')).toBe(true);
  await plain.context().close();
});

describe('the Inbox and what is wanted of it', () => {
  const look = async (name: string, path: string, user: TestUser | null = admin) =>
    await lookAt(site, { name, path, user });

  beforeAll(async () => {
    const bench = await createFilingBench(site.db);
    const senders = [`${'very.long.'.repeat(5)}name@elsewhere.example`, 'b@elsewhere.example'];
    for (const from of [...senders, admin.address, admin.address]) {
      await bench.file(await bench.storeMail(mail({ from: [from], to: ['jane@client.example'] })));
    }
    const dana = await site.addUser('Dana Kim');
    const address = 'dana@home.example';
    await site.db('user_addresses').insert({ user_id: dana.id, address, verified_at: null });
    await site.db('notices').insert([
      { user_id: admin.id, kind: 'quarantined' },
      { user_id: admin.id, kind: 'address-waits', subject: String(dana.id) },
    ]);
  });

  test('notices of all kinds', async () => {
    expect(await look('inbox-home', '/')).toEqual([]);
  });

  test('preferences without outgoing mail', async () => {
    expect(await look('preferences', '/preferences')).toEqual([]);
  });

  test('the link of a digest', async () => {
    const since = new Date();
    const on = { digest_hour: 8, digest_since: since };
    await site.db('users').where({ id: admin.id }).update(on);
    const token = digestToken(site.deps.secrets, { userId: admin.id, since });
    expect(await look('digest-link', `/links/digest?token=${token}`, null)).toEqual([]);
  });

  test('the numbers in the top bar and the title follow, without the page being loaded', async () => {
    await site.db('notices').where({ user_id: admin.id }).update({ read_at: null });
    const page = await site.open(admin);
    await page.goto(`${site.url}/contacts`);
    expect(await page.title()).toMatch(/^\(\d+\) Contacts/);
    await site.db('notices').where({ user_id: admin.id }).update({ read_at: new Date() });
    const look = "document.dispatchEvent(new Event('visibilitychange'))";
    await page.evaluate(look);
    await until('the title has no number', async () => (await page.title()).startsWith('Contacts'));
    expect(await page.getAttribute('a[href="/#inbox"]', 'aria-label')).toContain('Inbox: 0 new');
    // Whoever is signed out meanwhile asks once more, and keeps the page.
    await page.context().clearCookies();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const led = page.waitForResponse((answer) => answer.url().includes('/sign-in'));
    await page.evaluate(look);
    await led;
    await page.evaluate('new Promise((done) => setTimeout(done))');
    await page.evaluate(look);
    await page.evaluate('fetch("/healthz")');
    expect(asked.filter((path) => path === '/inbox/bell')).toHaveLength(1);
    expect(await page.title()).toMatch(/^Contacts/);
    await page.context().close();
  });
});
