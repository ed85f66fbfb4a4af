import { afterAll, beforeAll, expect, test } from 'vitest';
import { emailOf } from '../../integration/rematch/rematch-tools.ts';
import { continueBulks } from '../../../src/data-cleanup/bulk/run-bulk.ts';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { lookAt, watch } from '../../support/look.ts';
import type { TestUser } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';

let site: TestSite;
let bench: FilingBench;

beforeAll(async () => {
  site = await startTestSite();
  bench = await createFilingBench(site.db);
});
afterAll(() => site.close());

let mails = 0;
async function file(user: TestUser, to: string): Promise<number> {
  mails += 1;
  const id = await bench.storeMail(
    mail({ from: [user.address], to: [to], subject: `Mail ${mails}` }),
  );
  await bench.file(id);
  return (await emailOf(site.db, id)).id;
}

test('what is ticked is counted: groups with their emails, and emails', async () => {
  const user = await site.addUser('Dana Counts');
  for (const who of ['ann', 'bob', 'bob', 'bob']) await file(user, `${who}@count.example`);
  const page = await site.open(user);
  const problems = watch(page, site.url);
  await page.goto(`${site.url}/data-cleanup?by=address`);
  expect(await page.textContent('[data-selected]')).toBe('');
  await page.check('[data-select-all]');
  expect(await page.textContent('[data-selected]')).toBe('2 groups · 4 emails selected');
  await page.uncheck('[value="bob@count.example"]');
  expect(await page.textContent('[data-selected]')).toBe('1 group · 1 email selected');
  await page.goto(`${site.url}/data-cleanup`);
  await page.check('[data-select-all]');
  expect(await page.textContent('[data-selected]')).toBe('4 emails selected');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the page of a bulk action brings the numbers above it up to date', async () => {
  const user = await site.addUser('Dana Badge');
  const ids = [await file(user, 'ann@badge.example'), await file(user, 'archive@crm.example')];
  const [action] = await site
    .db('bulk_actions')
    .insert({ actor_id: user.id, kind: 'create-leads' })
    .returning('id');
  const bulk_id = action?.id ?? 0;
  await site.db('bulk_emails').insert(ids.map((email_id) => ({ bulk_id, email_id })));
  const page = await site.open(user);
  await page.goto(`${site.url}/data-cleanup/bulk/${bulk_id}`);
  expect(await page.textContent('#cleanup-count')).toBe('');
  const log = { info: () => undefined, error: () => undefined };
  await continueBulks({ db: site.db, log });
  await page.waitForSelector('#bulk-state:text("Done")');
  expect(await page.textContent('#cleanup-count')).toBe('1');
  expect(await page.getAttribute('#bell a', 'aria-label')).toBe('Data Cleanup: 1 email waits');
  await page.context().close();
});

test('on a phone the form of a new contact begins in sight, also without JavaScript', async () => {
  const user = await site.addUser('Dana Thumb');
  const id = await file(user, 'ann@thumb.example');
  for (const javaScriptEnabled of [true, false]) {
    const viewport = { width: 360, height: 500 };
    const page = await site.open(user, { javaScriptEnabled, viewport, reducedMotion: 'reduce' });
    await page.goto(`${site.url}/data-cleanup/${id}`);
    await page.click('article a:has-text("New contact")');
    await page.waitForURL(/#create$/);
    const box = await page.locator('#create').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeLessThan(250);
    await page.context().close();
  }
});

test('looks: the question before much is decided, and the action under way in the list', async () => {
  const user = await site.addUser('Dana Looks');
  for (let n = 0; n < 27; n += 1) await file(user, `buyer${n % 3}@looks.example`);
  const path = '/data-cleanup?by=address';
  const sight = { name: 'cleanup-sure', path, user };
  expect(
    await lookAt(site, {
      ...sight,
      prepare: async (page) => {
        await page.check('[data-select-all]');
        await page.click('.bulk-bar [value="discard"]');
        await page.waitForSelector('#sure');
      },
    }),
  ).toEqual([]);
  await site.db('bulk_actions').insert({ actor_id: user.id, kind: 'discard' });
  expect(await lookAt(site, { ...sight, name: 'cleanup-under-way' })).toEqual([]);
});

test('looks: never-archive rules, a user’s own without any, and some for all', async () => {
  const user = await site.addUser('Dana Rules');
  const admin = await site.addUser('Ada Root', 'super-administrators');
  const own = { name: 'rules-own-empty', path: '/data-cleanup/rules', user };
  expect(await lookAt(site, own)).toEqual([]);
  const patterns = ['news.example', 'no-reply@shop.example', `${'long'.repeat(14)}.example`];
  await site
    .db('never_archive_rules')
    .insert(patterns.map((pattern) => ({ user_id: null, pattern })))
    .onConflict()
    .ignore();
  expect(await lookAt(site, { name: 'rules-all', path: '/admin/rules', user: admin })).toEqual([]);
});
