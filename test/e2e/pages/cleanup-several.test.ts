import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linksOf, snapshot } from '../../integration/data-cleanup/decision-tools.ts';
import { emailOf } from '../../integration/rematch/rematch-tools.ts';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { watch } from '../../support/look.ts';
import type { TestUser } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';

let site: TestSite;
let bench: FilingBench;
let count = 0;

beforeAll(async () => {
  site = await startTestSite();
  bench = await createFilingBench(site.db);
});
afterAll(() => site.close());

/** Two people whom nobody would find by the mail, and a mail of the user's that waits. */
async function seed(user: TestUser) {
  count += 1;
  const [jane, joe] = [`jane@fair${count}.example`, `joe@fair${count}.example`];
  const people: number[] = [];
  for (const name of ['Ann', 'Bob']) {
    const id = await bench.person(`${name}${count}@elsewhere.example`.toLowerCase());
    const named = { first_name: name, last_name: `Ticked${count}` };
    await site.db('people').where({ id }).update(named);
    people.push(id);
  }
  const id = await bench.storeMail(mail({ from: [user.address], to: [jane, joe] }));
  await bench.file(id);
  return { email: (await emailOf(site.db, id)).id, jane, joe, people };
}

/** Does what leads to another page, and waits for it. */
async function go(page: Page, act: () => Promise<unknown>): Promise<void> {
  const there = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
  await Promise.all([there, act()]);
  await page.waitForLoadState('load');
}

const says = async (page: Page) => (await page.textContent('[role=status]')) ?? '';
const LINK_TICKED = '.link-ticked';

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_name, javaScriptEnabled) => {
  test('records are ticked in one search after another, another address is made a lead, and one press links all', async () => {
    const user = await site.addUser(`Dana Ticks ${javaScriptEnabled}`);
    const { email, joe, people } = await seed(user);
    const before = await snapshot(site.db);
    const page = await site.open(user, { javaScriptEnabled });
    const problems = watch(page, site.url);
    await page.goto(`${site.url}/data-cleanup/${email}`);
    expect(await page.isVisible(LINK_TICKED)).toBe(false);
    for (const name of ['Ann', 'Bob']) {
      await page.fill('#q', `${name} Ticked${count}`);
      await go(page, () => page.press('#q', 'Enter'));
      await page.check(`[aria-label="Tick ${name} Ticked${count}"]`);
      // Now that something is ticked, one button is for all of it.
      expect(await page.isVisible(LINK_TICKED)).toBe(true);
      expect(await page.isVisible('.link-one')).toBe(false);
    }
    await page.click('.picks > details > summary');
    await page.selectOption(`[aria-label="New record for ${joe}"]`, { index: 2 });
    await go(page, () => page.click(LINK_TICKED));
    expect(await says(page)).toContain(`Linked to Ann Ticked${count}, Bob Ticked${count} and Joe.`);
    const links = await linksOf(site.db, email);
    expect(links.slice(0, 2)).toEqual(people);
    expect(links).toHaveLength(3);
    await go(page, () => page.click('[role=status] button'));
    expect(await says(page)).toContain('waits in Data Cleanup again');
    expect(await snapshot(site.db)).toEqual(before);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

test('by keys: a number links at once, with Shift it ticks, and then L or Enter links what is ticked', async () => {
  const user = await site.addUser('Dana Shift');
  const { email, people } = await seed(user);
  const page = await site.open(user);
  const found = `${site.url}/data-cleanup/${email}?q=Ticked${count}`;
  const ticked = async () => await page.locator('.pick-box input:checked').count();
  await page.goto(found);
  await page.keyboard.press('Shift+Digit1');
  expect(await ticked()).toBe(1);
  await page.keyboard.press('2');
  expect(await ticked()).toBe(2);
  await page.keyboard.press('2');
  expect(await ticked()).toBe(1);
  await page.keyboard.press('2');
  await go(page, () => page.keyboard.press('l'));
  expect(await linksOf(site.db, email)).toEqual(people);
  await go(page, () => page.keyboard.press('z'));
  await page.goto(found);
  await page.keyboard.press('Shift+Digit2');
  // The box has the focus.
  await go(page, () => page.keyboard.press('Enter'));
  expect(await linksOf(site.db, email)).toEqual([people[1]]);
  await go(page, () => page.keyboard.press('z'));
  await page.goto(found);
  await go(page, () => page.keyboard.press('1'));
  expect(await linksOf(site.db, email)).toEqual([people[0]]);
  await page.context().close();
});
