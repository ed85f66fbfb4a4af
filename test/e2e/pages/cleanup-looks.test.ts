import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { lookAt } from '../../support/look.ts';
import type { TestUser } from '../../support/web.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { emailOf } from '../../integration/rematch/rematch-tools.ts';

let site: TestSite;
let bench: FilingBench;
let dana: TestUser;
let admin: TestUser;
let newcomer: TestUser;
/** Emails that wait for Dana, by what is special about them. */
const ids: Record<string, number> = {};

/** A program for the page: the server says what is missing, too. */
const FORGET_REQUIRED =
  "document.querySelectorAll('[required]').forEach((input) => input.removeAttribute('required'))";
/** The same: links although nothing is ticked. */
const LINK_NOBODY =
  'document.querySelector(\'main form[action$="/link"]\').requestSubmit(document.querySelector(".link-ticked"))';
const LONG = `${'donaudampf'.repeat(6)}@${'long'.repeat(12)}.example`;

beforeAll(async () => {
  site = await startTestSite();
  bench = await createFilingBench(site.db);
  dana = await site.addUser('Dana Kim');
  admin = await site.addUser('Ada Root', 'super-administrators');
  newcomer = await site.addUser('Neil Newcomer');
  await bench.person('tom.hale@acme.example');
  await site.db('people').update({ first_name: 'Tom', last_name: 'Hale' });
  const jane = await bench.person('jane@acme-holdings.example', 'lead');
  await site.db('people').where({ id: jane }).update({ first_name: 'Jane', last_name: 'Roe' });
  await fileAll();
  await decideSome();
  await actInBulk();
  await handOverAndRule();
  await suggestTwo(jane);
});
afterAll(() => site.close());

async function file(sketch: Partial<MailSketch>, from = dana.address): Promise<number> {
  const id = await bench.storeMail(mail({ from: [from], ...sketch }));
  await bench.file(id);
  return id;
}

async function wait(name: string, sketch: Partial<MailSketch>, senderName = ''): Promise<void> {
  const { id } = await emailOf(site.db, await file(sketch));
  ids[name] = id;
  await site.db('email_participants').where({ email_id: id, deciding: true }).update({
    name: senderName,
  });
}

async function fileAll(): Promise<void> {
  await file({ to: ['tom.hale@acme.example'], subject: 'Order form' });
  await file({ to: ['tom.hale@acme.example'], subject: `Re: ${'wide'.repeat(60)}` });
  for (let n = 0; n < 30; n += 1) {
    await file({ to: [`buyer${n}@northwind.example`], subject: `PO 45000188${n} attached` });
  }
  await wait('rtl', { to: ['noa@hebrew.example'], subject: 'שאלה על החוזה (draft 2)' }, 'נועה לוי');
  await wait(
    'long',
    { to: [LONG], subject: 'Unbroken'.repeat(30) },
    'Wolfeschlegelstein'.repeat(8),
  );
  await wait('nobody', { to: ['archive@crm.example'], subject: '' });
  await wait('crowd', { to: ['jane.roe@acme.example'], cc: crowd() }, 'Jane Roe');
  await wait('jane', { to: ['jane.roe@acme.example'], cc: ['tom@x.example'] }, 'Jane Roe');
  for (const name of ['discarded', 'linked']) await wait(name, { to: [`${name}@x.example`] }, name);
  for (let n = 0; n < 5; n += 1) await file({ subject: `Hello ${n}` }, `stranger${n}@x.example`);
  await file({ subject: 'Hello' }, LONG);
  await bench.file(await bench.storeMail(mail({ fromLines: 2 })));
}

async function suggestTwo(jane: number): Promise<void> {
  const [tom] = await site.db('people').where({ first_name: 'Tom' }).pluck('id');
  const sentAt = '2026-05-03T10:00:00.000Z';
  const known = { address: 'jane.roe@acrne.example', letters: 1 };
  await site.db('email_suggestions').insert(
    [
      {
        person_id: jane,
        strength: 'strong' as const,
        reasons: [
          { kind: 'conversation', emailId: 1, subject: 'Offer 12', sentAt },
          { kind: 'same-name' },
        ],
      },
      {
        person_id: tom ?? 0,
        strength: 'weak' as const,
        reasons: [
          { kind: 'typo', ...known },
          { kind: 'lookalike', ...known },
          { kind: 'same-company', domain: 'acme.example' },
        ],
      },
    ].map((one, index) => ({
      ...one,
      reasons: JSON.stringify(one.reasons),
      email_id: ids.crowd ?? 0,
      address: 'jane.roe@acme.example',
      rank: index + 1,
    })),
  );
  await site.db('email_suggestions').insert({
    person_id: jane,
    strength: 'weak',
    reasons: JSON.stringify([{ kind: 'similar-name' }]),
    email_id: ids.crowd ?? 0,
    address: 'guest1@party.example',
    rank: 1,
  });
}

const crowd = () => Array.from({ length: 120 }, (_, n) => `guest${n}@party.example`);

async function decideSome(): Promise<void> {
  const agent = await site.signIn(dana);
  const post = (path: string, form: object) => agent.post(path).type('form').send(form).expect(303);
  await post(`/data-cleanup/${ids.discarded}/discard`, {});
  const form = { lastName: 'Linked', address: 'linked@x.example' };
  await post(`/data-cleanup/${ids.linked}/contact`, form);
}

/** What Dana has done in bulk: some of it, and something that is not finished. */
const bulkIds = { done: 0, running: 0 };

async function actInBulk(): Promise<void> {
  const [done, running] = await site
    .db('bulk_actions')
    .insert([
      { actor_id: dana.id, kind: 'discard', state: 'done', finished_at: new Date() },
      { actor_id: dana.id, kind: 'create-leads' },
    ])
    .returning('id');
  Object.assign(bulkIds, { done: done?.id, running: running?.id });
  const [bulk_id, unfinished] = [bulkIds.done, bulkIds.running];
  const handled = { result: 'handled', handled_by: admin.id, handled_at: new Date() } as const;
  await site.db('bulk_emails').insert([
    { bulk_id, email_id: 900_001, result: 'done' },
    { bulk_id, email_id: 900_002, ...handled },
    { bulk_id, email_id: 900_003, result: 'nobody' },
    { bulk_id: unfinished, email_id: 900_001, result: 'done' },
    { bulk_id: unfinished, email_id: 900_002 },
  ]);
}

/** An administrator has handed a mail over to Dana, who has never-archive rules. */
async function handOverAndRule(): Promise<void> {
  const sketch = { to: ['lost@elsewhere.example'], subject: 'Whose is this?' };
  const { id } = await emailOf(site.db, await file(sketch, admin.address));
  ids.handed = id;
  const agent = await site.signIn(admin);
  const form = { userId: String(dana.id) };
  await agent.post(`/data-cleanup/${id}/hand-over`).type('form').send(form).expect(303);
  await site
    .db('never_archive_rules')
    .insert([LONG, 'news.example'].map((pattern) => ({ user_id: dana.id, pattern })));
}

const at = (name: string, query = '') => `/data-cleanup/${ids[name]}${query}`;

test.each<[string, () => string, () => TestUser]>([
  ['cleanup-list', () => '/data-cleanup', () => dana],
  ['cleanup-mail', () => at('jane'), () => dana],
  ['cleanup-suggested', () => at('crowd'), () => dana],
  ['cleanup-found', () => at('jane', '?q=Roe'), () => dana],
  ['cleanup-contact', () => at('jane', '?do=contact'), () => dana],
  ['cleanup-rtl', () => at('rtl'), () => dana],
  ['cleanup-long', () => at('long'), () => dana],
  ['cleanup-nobody', () => at('nobody'), () => dana],
  ['cleanup-discarded', () => at('discarded'), () => dana],
  ['cleanup-resolved', () => at('linked'), () => dana],
  ['cleanup-empty', () => '/data-cleanup', () => newcomer],
  ['cleanup-grouped', () => '/data-cleanup?by=address', () => dana],
  ['cleanup-bulk-link', () => '/data-cleanup/bulk/link?all=yes&through=999999&q=Roe', () => dana],
  ['cleanup-bulk-done', () => `/data-cleanup/bulk/${bulkIds.done}`, () => dana],
  ['cleanup-bulk-running', () => `/data-cleanup/bulk/${bulkIds.running}`, () => dana],
  ['rules', () => '/data-cleanup/rules', () => dana],
  ['rules-all-empty', () => '/admin/rules', () => admin],
  ['home-user', () => '/', () => dana],
  ['home-newcomer', () => '/', () => newcomer],
  ['home-admin', () => '/', () => admin],
  ['inbox-all', () => '/inbox', () => admin],
])('%s', async (name, path, user) => {
  expect(await lookAt(site, { name, path: path(), user: user() })).toEqual([]);
});

test.each<[string, () => string, (page: Page) => Promise<unknown>]>([
  [
    'cleanup-selected',
    () => '/data-cleanup',
    async (page) => {
      for (const n of [0, 1, 3]) await page.locator('.row-box input').nth(n).check();
      await page.locator('.bulk-bar summary').click();
    },
  ],
  ['cleanup-keys', () => '/data-cleanup', (page) => page.keyboard.press('?')],
  [
    'cleanup-several',
    () => at('crowd'),
    async (page) => {
      await page.locator('.picks > details > summary').first().click();
      await page.locator('.pick-box input').nth(0).check();
      await page.locator('.pick-box input').nth(2).check();
      await page.locator('.pick-new').nth(2).selectOption({ index: 2 });
    },
  ],
  [
    'cleanup-handed-over',
    () => at('handed'),
    async (page) => {
      for (const one of await page.locator('article summary').all()) await one.click();
    },
  ],
])('%s', async (name, path, prepare) => {
  const act = async (page: Page) => {
    await prepare(page);
  };
  expect(await lookAt(site, { name, path: path(), user: dana, prepare: act })).toEqual([]);
});

test.each<[string, () => string, (page: Page) => Promise<unknown>]>([
  ['cleanup-link-error', () => at('jane', '?q=Roe'), (page) => page.evaluate(LINK_NOBODY)],
  [
    'cleanup-contact-error',
    () => at('nobody', '?do=contact'),
    async (page) => {
      await page.evaluate(FORGET_REQUIRED);
      await page.click('main .btn-primary');
    },
  ],
])('%s', async (name, path, send) => {
  const sight = { name, path: path(), user: dana };
  const prepare = async (page: Page) => {
    await send(page);
    await page.waitForSelector('[role=alert]');
  };
  expect(await lookAt(site, { ...sight, prepare })).toEqual([]);
});
