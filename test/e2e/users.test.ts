import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { insertMailbox } from '../support/filing-bench.ts';
import { lookAt, type Sight } from '../support/look.ts';
import { until } from '../support/until.ts';
import type { TestUser } from '../support/web.ts';

let site: TestSite;
let superUser: TestUser;
let admin: TestUser;
let plain: TestUser;
let long: number;
let sights: Promise<Sight[]>;

const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(5).slice(0, 160);

beforeAll(async () => {
  site = await startTestSite();
  superUser = await site.addUser('Sue Per', 'super-administrators');
  admin = await site.addUser('Ada Min', 'administrators');
  plain = await site.addUser('Dana Kim');
  long = (await site.addUser('Long Name')).id;
  await site.db('users').where({ id: long }).update({ name: LONG });
  await site.db('user_addresses').insert({
    user_id: long,
    address: `${'a'.repeat(64)}@${'very-long-domain.'.repeat(8)}example`,
  });
  await site.db('user_addresses').insert({ user_id: plain.id, address: 'dana@home.example' });
  sights = sightsOfUsers();
});
afterAll(() => site.close());

const at = (id: number, more = '') => `/admin/users/${id}${more}`;

async function sightsOfUsers(): Promise<Sight[]> {
  const { id: gone } = await site.addUser('Go Ne');
  await site.db('users').where({ id: gone }).update({ disabled_at: new Date() });
  return [
    { name: 'users-list', path: '/admin/users', user: superUser },
    { name: 'users-none', path: '/admin/users?q=nobody', user: superUser },
    { name: 'users-new', path: '/admin/users/new', user: superUser },
    {
      name: 'users-new-errors',
      path: '/admin/users/new',
      user: superUser,
      prepare: async (page) => {
        await page.fill('#name', 'Twin');
        await page.fill('#address', admin.address);
        await page.click('form[action="/admin/users"] button');
        await page.waitForSelector('.is-invalid');
      },
    },
    { name: 'users-user', path: at(plain.id), user: superUser },
    { name: 'users-long', path: at(long), user: superUser },
    { name: 'users-super-for-admin', path: at(superUser.id), user: admin },
    { name: 'users-oneself', path: at(superUser.id), user: superUser },
    { name: 'users-gone', path: at(gone), user: superUser },
    { name: 'users-deactivate', path: at(plain.id, '/deactivate'), user: superUser },
    {
      name: 'users-link',
      path: at(plain.id),
      user: superUser,
      prepare: async (page) => {
        await page.click('form[action$="/link/show"] button');
        await page.waitForSelector('#link');
      },
    },
    { name: 'users-import', path: '/admin/users/import', user: admin },
    {
      name: 'users-import-report',
      path: '/admin/users/import',
      user: admin,
      prepare: async (page) => {
        const lines = [
          'name,email,group',
          `${LONG},x@imp.example,`,
          'Zoe,zoe,',
          'W,w@w.example,Wiz',
        ];
        await page.setInputFiles('#file', {
          name: 'users.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from(lines.join('\n')),
        });
        await page.click('form[action="/admin/users/import"] button');
        await page.waitForSelector('#report');
      },
    },
  ];
}

// Two tests, so that each has time for its windows.
test.each([0, 1])(
  'pages of administration are accessible in every size and theme',
  async (half) => {
    const problems: string[] = [];
    for (const [index, sight] of (await sights).entries()) {
      if (index % 2 === half) problems.push(...(await lookAt(site, sight)));
    }
    expect(problems).toEqual([]);
  },
);

test('the profile is accessible in every size and theme', async () => {
  const problems = await lookAt(site, {
    name: 'profile-no-archive',
    path: '/profile',
    user: plain,
  });
  problems.push(
    ...(await lookAt(site, { name: 'profile-set-up', path: '/profile', user: superUser })),
  );
  await site.db('mailboxes').delete();
  await insertMailbox(site.db);
  problems.push(...(await lookAt(site, { name: 'profile', path: '/profile', user: plain })));
  problems.push(
    ...(await lookAt(site, {
      name: 'profile-errors',
      path: '/profile',
      user: plain,
      prepare: async (page) => {
        await page.fill('#address', admin.address);
        await page.click('form[action="/profile/addresses"] button');
        await page.waitForSelector('.is-invalid');
      },
    })),
  );
  expect(problems).toEqual([]);
});

/** Waits for a text on the page; the browser's own waiting needs scripts. */
async function told(page: Page, text: string): Promise<void> {
  await until(text, async () => {
    const shown = await page.innerText('main').catch(() => '');
    return shown.includes(text);
  });
}

test.each([true, false])(
  'created, invited, signed in, with an address of their own (scripts: %s)',
  async (javaScriptEnabled) => {
    const options = { javaScriptEnabled };
    const tag = randomUUID();
    const name = `Nina New ${tag}`;
    const address = `nina.${tag}@northquay.example`;
    const own = `nina.${tag}@home.example`;
    const office = await site.open(superUser, options);
    await office.goto(`${site.url}/admin/users`);
    await office.click('a[href="/admin/users/new"]');
    await office.fill('#name', name);
    await office.fill('#address', address);
    await office.click('form[action="/admin/users"] button');
    const link = await office.inputValue('#link');

    const home = await site.open(null, options);
    await home.goto(link);
    await home.fill('#password', 'seven umbrellas walk north');
    await home.click('form[action^="/links/"] button.btn-primary');
    await home.goto(`${site.url}/profile`);
    if (home.url().includes('/sign-in')) {
      await home.fill('#email', address);
      await home.fill('#password', 'seven umbrellas walk north');
      await home.click('form[action="/sign-in"] button.btn-primary');
      await home.waitForURL(`${site.url}/profile`);
    }
    await home.fill('#address', own);
    await home.click('form[action="/profile/addresses"] button');
    await told(home, `${own} is listed`);

    await office.reload();
    await office.click(`button[aria-label="Confirm ${own}"]`);
    await told(office, `${own} is confirmed`);
    await home.reload();
    await home.click(`button[aria-label="Make ${own} the primary address"]`);
    await told(home, `${own} is the primary address now`);
    for (const page of [office, home]) await page.context().close();
  },
);
