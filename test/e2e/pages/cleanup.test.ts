import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshot } from '../../integration/data-cleanup/decision-tools.ts';
import { emailOf } from '../../integration/rematch/rematch-tools.ts';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { watch } from '../../support/look.ts';
import { until } from '../../support/until.ts';
import type { TestUser } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';

let site: TestSite;
let bench: FilingBench;
let other: TestUser;

beforeAll(async () => {
  site = await startTestSite();
  bench = await createFilingBench(site.db);
  other = await site.addUser('Tom Hale', 'super-administrators');
});
afterAll(() => site.close());

/** Files a mail that waits for the user. @returns the number of the email. */
async function file(user: TestUser, to: string, subject: string): Promise<number> {
  const id = await bench.storeMail(mail({ from: [user.address], to: [to], subject }));
  await bench.file(id);
  return (await emailOf(site.db, id)).id;
}

/** Clicks what leads to another page, and waits for it. */
async function go(page: Page, selector: string): Promise<void> {
  const there = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
  await Promise.all([there, page.click(selector)]);
  await page.waitForLoadState('load');
}

const subject = async (page: Page) => await page.textContent('#subject');
const says = async (page: Page) => (await page.textContent('[role=status]')) ?? '';
/** In the mail: the list has buttons with the same words, for what is ticked. */
const button = (label: string) => `article .btn:has-text("${label}")`;

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_name, javaScriptEnabled) => {
  test('a user clears waiting mail in each of the four ways, and takes all of it back', async () => {
    const tag = randomUUID().slice(0, 8);
    const user = await site.addUser(`Dana ${tag}`);
    const known = await bench.person(`known@${tag}.example`);
    const person = { first_name: 'Jane', last_name: `Roe ${tag}` };
    await site.db('people').where({ id: known }).update(person);
    // The last one filed is the first one shown; "along" comes along with "link".
    await file(user, `news@${tag}.example`, 'To discard');
    await file(user, `carla@${tag}.example`, 'To a lead');
    await file(user, `bert@${tag}.example`, 'To a contact');
    await file(user, `jane@${tag}.example`, 'Along');
    const first = await file(user, `jane@${tag}.example`, 'To link');
    const before = await snapshot(site.db);

    const page = await site.open(user, { javaScriptEnabled });
    const problems = watch(page, site.url);
    await go(page, 'a:has-text("5 archived emails need matching")');
    await go(page, 'a.stretched-link:near(:text("To link"))');
    expect(await subject(page)).toBe('To link');
    if (javaScriptEnabled) {
      expect(await page.evaluate('document.activeElement.id')).toBe('subject');
    }

    await page.fill('#q', 'Roe');
    await go(page, button('Search'));
    await page.check(`input[name=personId][value="${known}"]`);
    expect(await page.isChecked('input[name=add]')).toBe(true);
    await go(page, 'form[action$="/link"] .btn-primary');
    expect(await says(page)).toContain(`Linked to Jane Roe ${tag}. 1 other email came along.`);

    expect(await subject(page)).toBe('To a contact');
    await go(page, button('New contact'));
    expect(await page.inputValue('#lastName')).toBe('Bert');
    await page.fill('#firstName', 'Bernhard');
    await go(page, button('Create contact and link'));
    expect(await says(page)).toContain('Created Bernhard Bert and linked the email.');

    expect(await subject(page)).toBe('To a lead');
    await go(page, button('New lead'));
    await go(page, button('Create lead and link'));
    expect(await says(page)).toContain('Created Carla and linked the email.');

    expect(await subject(page)).toBe('To discard');
    await go(page, button('Discard'));
    expect(await says(page)).toContain(
      'Discarded “To discard”. It stays under Discarded for 30 days.',
    );
    expect(await page.isVisible('text=Every email is matched')).toBe(true);
    const decided = await snapshot(site.db);
    expect(decided.people).toHaveLength(before.people.length + 2);

    // The discarding from what is said about it, the others from their tab.
    await go(page, '[role=status] button');
    expect(await subject(page)).toBe('To discard');
    for (const label of ['To a lead', 'To a contact', 'To link']) {
      await page.goto(`${site.url}/data-cleanup?tab=resolved`);
      await go(page, `li:has-text("${label}") a.stretched-link`);
      expect(await subject(page)).toBe(label);
      await go(page, button('Undo'));
      expect(await says(page)).toContain('waits in Data Cleanup again');
      expect(await subject(page)).toBe(label);
    }
    expect(await says(page)).toContain('1 other email that had come along was taken back as well.');
    expect(await snapshot(site.db)).toEqual(before);
    await page.goto(site.url);
    expect(await page.isVisible('text=5 archived emails need matching')).toBe(true);
    expect(problems).toEqual([]);
    await page.context().close();

    const stranger = await site.open(other, { javaScriptEnabled });
    expect((await stranger.goto(`${site.url}/data-cleanup/${first}`))?.status()).toBe(404);
    await stranger.context().close();
  });
});

test('in two tabs the second hears what was done in the first', async () => {
  const user = await site.addUser('Dana Twotabs');
  await file(user, 'one@tabs.example', 'In two tabs');
  const page = await site.open(user);
  await page.goto(`${site.url}/data-cleanup`);
  const second = await page.context().newPage();
  await second.goto(`${site.url}/data-cleanup`);
  await go(page, button('Discard'));
  expect(await says(page)).toContain('Discarded “In two tabs”');
  await go(second, button('Discard'));
  expect(await says(second)).toMatch(
    /Dana Twotabs.* discarded this email already, at .*Nothing was changed/,
  );
  await page.context().close();
});

test('on a phone there is the list or the mail, and a way between them', async () => {
  const user = await site.addUser('Dana Phone');
  await file(user, 'one@phone.example', 'On a phone');
  const page = await site.open(user, { viewport: { width: 360, height: 740 } });
  await page.goto(`${site.url}/data-cleanup`);
  expect(await page.isVisible('#subject')).toBe(false);
  await go(page, 'a.stretched-link');
  expect(await page.isVisible('#subject')).toBe(true);
  expect(await page.isVisible('a.stretched-link')).toBe(false);
  await go(page, 'a:has-text("All emails in this list")');
  expect(await page.isVisible('a.stretched-link')).toBe(true);
  await page.context().close();
});

describe('the bell', () => {
  const count = async (page: Page) =>
    (await page.getAttribute('#bell', 'data-new'))?.replace(/^$/, '0') ?? '0';
  /** What app.js does each minute. */
  const LOOK = "document.getElementById('bell').dispatchEvent(new Event('look'))";

  test('looks up its number without a new page, and stays when nobody is signed in any more', async () => {
    const user = await site.addUser('Dana Bell');
    const page = await site.open(user);
    const problems = watch(page, site.url);
    await page.evaluate("window.sameDocument = 'yes'");
    expect(await count(page)).toBe('0');
    await file(user, 'one@bell.example', 'Rings');
    await page.evaluate(LOOK);
    await until('the bell says 1', async () => (await count(page)) === '1');
    expect(await page.evaluate('window.sameDocument')).toBe('yes');
    await site.db('sessions').delete();
    const answered = page.waitForResponse((response) => response.url().includes('/sign-in'));
    await page.evaluate(LOOK);
    await answered;
    await page.evaluate('new Promise((done) => setTimeout(done, 300))');
    expect(await count(page)).toBe('1');
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('looks when the page is seen again, and not while it is hidden', async () => {
    const user = await site.addUser('Dana Hidden');
    const page = await site.open(user);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/inbox/bell')) asked.push(request.url());
    });
    const show = async (hidden: boolean) => {
      await page.evaluate(
        `Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
         document.dispatchEvent(new Event('visibilitychange'))`,
      );
    };
    await show(true);
    await show(false);
    await until('the bell was looked at', () => asked.length > 0);
    expect(asked).toHaveLength(1);
    await page.context().close();
  });
});
