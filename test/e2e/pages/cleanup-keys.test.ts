import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { watch } from '../../support/look.ts';
import type { TestUser } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';

let site: TestSite;
let bench: FilingBench;

beforeEach(async () => {
  site = await startTestSite();
  bench = await createFilingBench(site.db);
});
afterEach(() => site.close());

const MAILS = 100;
/** What is pressed for the mail of each of 12 addresses. */
const PRESSED: readonly (readonly string[])[] = [
  ...Array.from({ length: 3 }, () => ['1']),
  ...Array.from({ length: 3 }, () => ['c', 'Enter']),
  ...Array.from({ length: 3 }, () => ['n', 'Enter']),
  ...Array.from({ length: 3 }, () => ['d']),
];
const addressOf = (n: number) => `who${n}@company${n}.example`;

/** 100 mails from 12 addresses, of which three are those of people who are known by name. */
async function seed(user: TestUser): Promise<void> {
  const ids: number[] = [];
  for (let n = 0; n < MAILS; n += 1) {
    const to = [addressOf(n % PRESSED.length)];
    ids.push(await bench.storeMail(mail({ from: [user.address], to, subject: `Mail ${n}` })));
  }
  for (let at = 0; at < MAILS; at += 25) await bench.file(...ids.slice(at, at + 25));
  for (const n of [0, 1, 2]) {
    const id = await bench.person(`known${n}@elsewhere.example`);
    await site
      .db('people')
      .where({ id })
      .update({ first_name: 'Jane', last_name: `Roe${n}` });
    const participant = site.db('email_participants').where({ address: addressOf(n) });
    await participant.update({ name: `Jane Roe${n}` });
  }
}

/** All that decisions are about, with the numbers of its rows. */
async function dump() {
  const { db } = site;
  return {
    people: await db('people').orderBy('id'),
    addresses: await db('person_addresses').orderBy('id'),
    emails: await db('emails').orderBy('id'),
    links: await db('email_people').orderBy(['email_id', 'person_id']),
    participants: await db('email_participants').orderBy(['email_id', 'seq']),
    pending: await db('pending_rematches').orderBy('id'),
  };
}

const waiting = async () => (await site.db('emails').where({ state: 'unmatched' })).length;
const focused = async (page: Page) => await page.evaluate<string>('document.activeElement.id');

/** How many mails are left when those of these addresses are decided about. */
const waitingAfter = (decided: ReadonlySet<number>) =>
  Array.from({ length: MAILS }, (_, n) => n % PRESSED.length).filter((n) => !decided.has(n)).length;

/** Presses a key that leads to another page. */
async function go(page: Page, key: string): Promise<void> {
  const there = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
  await Promise.all([there, page.keyboard.press(key)]);
  await page.waitForLoadState('load');
}

/** Decides about the mail that is shown, and all others from its address. @returns whose it was. */
async function decide(page: Page): Promise<number> {
  const asked = (await page.textContent('#who')) ?? '';
  const number = Number(/who(\d+)@/.exec(asked)?.[1]);
  for (const key of PRESSED[number] ?? []) await go(page, key);
  return number;
}

test('by keys alone 100 mails from 12 addresses are cleared in 12 decisions, and six are taken back', async () => {
  const user = await site.addUser('Dana Keys');
  await seed(user);
  const page = await site.open(user);
  const problems = watch(page, site.url);
  await page.goto(`${site.url}/data-cleanup`);
  const decided = new Set<number>();
  for (let n = 0; n < 6; n += 1) {
    decided.add(await decide(page));
    expect(await focused(page)).toBe('subject');
  }
  const half = await dump();
  expect(await waiting()).toBe(waitingAfter(decided));
  for (let n = 0; n < 6; n += 1) decided.add(await decide(page));
  expect(decided.size).toBe(12);
  expect(await waiting()).toBe(0);
  expect(await page.isVisible('text=Every email is matched')).toBe(true);
  for (let n = 0; n < 6; n += 1) {
    await go(page, 'z');
    expect(await page.textContent('[role=status]')).toContain('Undone.');
  }
  expect(await dump()).toEqual(half);
  expect(problems).toEqual([]);
  await page.context().close();
});

test('keys move, select, explain themselves, leave typing alone, and can be switched off', async () => {
  const user = await site.addUser('Dana Moves');
  for (const who of ['ann', 'bob', 'carl']) {
    const to = [`${who}@moves.example`];
    await bench.file(await bench.storeMail(mail({ from: [user.address], to, subject: who })));
  }
  const page = await site.open(user);
  await page.goto(`${site.url}/data-cleanup`);
  const row = async () =>
    await page.evaluate<string>("document.activeElement.closest('li')?.innerText ?? ''");
  await page.keyboard.press('j');
  expect(await row()).toContain('bob');
  await page.keyboard.press('x');
  expect(await page.isChecked('li:has-text("bob") input')).toBe(true);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect(await row()).toContain('ann');
  await page.keyboard.press('k');
  await go(page, 'Enter');
  expect(await page.textContent('#subject')).toBe('bob');
  expect(await page.isVisible('dialog#keys')).toBe(false);
  await page.keyboard.press('?');
  expect(await page.isVisible('dialog#keys')).toBe(true);
  // Nothing is decided behind the dialog.
  await page.keyboard.press('d');
  await page.keyboard.press('Escape');
  expect(await page.isVisible('dialog#keys')).toBe(false);
  // Nobody is found: the key leads to the search, where keys are letters.
  await page.keyboard.press('l');
  expect(await focused(page)).toBe('q');
  await page.keyboard.type('dcnz');
  expect(await page.inputValue('#q')).toBe('dcnz');
  await page.keyboard.press('Escape');
  await go(page, 'c');
  await go(page, 'Escape');
  expect(await page.isVisible('#who')).toBe(true);
  // Whom one has only gone to is opened, not decided about.
  await page.keyboard.press('j');
  await go(page, 'd');
  expect(await page.textContent('#subject')).toBe('ann');
  const left = site.db('emails').where({ owner_id: user.id, state: 'unmatched' });
  expect(await left).toHaveLength(3);
  await page.keyboard.press('k');
  await go(page, 'Enter');
  // What is selected is meant, not what is read.
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
  await go(page, 'd');
  expect(await page.textContent('[role=status]')).toContain('2 emails discarded.');
  await go(page, 'z');
  expect(await page.textContent('[role=status]')).toContain('2 emails wait in Data Cleanup again.');
  await site.db('users').where({ id: user.id }).update({ keyboard_shortcuts: false });
  await page.reload();
  for (const key of ['d', 'c', 'x', '?', 'j']) await page.keyboard.press(key);
  await page.reload();
  expect(await page.textContent('#subject')).toBe('bob');
  expect(await page.isVisible('kbd, [data-opens]')).toBe(false);
  const own = site.db('decisions').where({ actor_id: user.id, undone_at: null });
  expect(await own).toEqual([]);
  await page.context().close();
});

test('on a phone what is done most is at the lower edge, and what has been ticked is acted on there', async () => {
  const user = await site.addUser('Dana Thumb');
  for (const who of ['ann', 'bob']) {
    const to = [`${who}@thumb.example`];
    await bench.file(await bench.storeMail(mail({ from: [user.address], to, subject: who })));
  }
  const page = await site.open(user, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await page.goto(`${site.url}/data-cleanup`);
  await page.check('li:has-text("bob") input');
  const bar = await page.locator('.bulk-bar').boundingBox();
  expect(Math.round((bar?.y ?? 0) + (bar?.height ?? 0))).toBe(740);
  await page.uncheck('li:has-text("bob") input');
  await Promise.all([page.waitForURL(/\/\d+$/), page.tap('li:has-text("bob") a')]);
  const actions = await page.locator('.cleanup-actions').boundingBox();
  expect(Math.round((actions?.y ?? 0) + (actions?.height ?? 0))).toBe(740);
  await Promise.all([
    page.waitForEvent('framenavigated'),
    page.tap('.cleanup-actions >> text=Discard'),
  ]);
  expect(await page.textContent('#subject')).toBe('ann');
  await page.context().close();
});
