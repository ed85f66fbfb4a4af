import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { createFilingBench, type FilingBench } from '../support/filing-bench.ts';
import { lookAt, watch } from '../support/look.ts';
import type { TestUser } from '../support/web.ts';
import { ARCHIVE, mail, type MailSketch } from '../unit/archiving/samples.ts';

const JANE = 'jane@client.example';
const LONG = 'x'.repeat(60);
const HOSTILE = '"><script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>';

let site: TestSite;
let bench: FilingBench;
let root: TestUser;
let dana: TestUser;
/** A stranger's address that was given to Dana. */
let given = '';

async function file(sketch: MailSketch): Promise<number> {
  const id = await bench.storeMail(mail(sketch));
  await bench.file(id);
  return id;
}

const look = async (name: string, path: string, user = root) =>
  await lookAt(site, { name, path, user });

beforeAll(async () => {
  site = await startTestSite();
  bench = await createFilingBench(site.db);
  root = await site.addUser('Sue Super', 'super-administrators');
  dana = await site.addUser('Dana Kim');
  await bench.person(JANE);
});
afterAll(() => site.close());

test('with nothing in them', async () => {
  await site.db('mailboxes').update({ active: false });
  for (const [name, path] of [
    ['admin-new', '/admin'],
    ['admin-email-new', '/admin/email'],
    ['log-empty', '/admin/log'],
    ['rejected-empty', '/admin/rejected'],
    ['ignored-empty', '/admin/rejected/ignored'],
  ] as const) {
    expect(await look(name, path)).toEqual([]);
  }
  await site.db('mailboxes').update({ active: true });
});

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a stranger writes, the address is given to a user, the mail is filed', async () => {
    const address = `dana.${randomUUID()}@home.example`;
    const id = await file({ from: [address], to: [JANE], subject: HOSTILE });
    const page = await site.open(root, { javaScriptEnabled });
    const problems = watch(page, site.url);
    await page.goto(`${site.url}/admin`);
    await page.click('a[href="/admin/rejected"]');
    await page.getByRole('link', { name: `Add to a user: ${address}` }).click();
    expect(await page.textContent('h1')).toBe(address);
    await page.selectOption('#userId', String(dana.id));
    await page.getByRole('button', { name: 'Add the address and file the mail' }).click();
    await page.getByText('1 message is being filed again.').waitFor();
    await page.getByText('1 waiting').waitFor();
    await bench.file(id);
    if (!javaScriptEnabled) await page.getByRole('link', { name: 'Look again' }).click();
    await page.getByText('1 archived').waitFor();
    given = address;
    await page.getByRole('link', { name: /archive log/ }).click();
    await page.getByRole('link', { name: new RegExp(`^Message ${String(id)} `) }).click();
    await page.getByText(`${address} is an address of Dana Kim, who owns the message.`).waitFor();
    await page.getByText('It was rejected on').waitFor();
    await page.getByRole('link', { name: /^Email \d+$/ }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

test('with much in them', async () => {
  const long = await file({
    from: [`${LONG}@${LONG}.example`],
    to: [ARCHIVE],
    subject: `${LONG}${LONG}${HOSTILE}`,
  });
  for (let i = 0; i < 30; i += 1) {
    await file({
      from: [`stranger${String(i)}@x.example`],
      to: [ARCHIVE],
      subject: `Offer ${String(i)}`,
    });
  }
  const archived = await file({
    from: [dana.address],
    to: [JANE, `${LONG}@${LONG}.example`, 'tom@other.example'],
    subject: 'Chairs',
  });
  await file({ from: [dana.address], to: ['nobody@else.example'] });
  await file({ from: ['news@list.example'], fields: [['list-id', 'x']], to: [ARCHIVE] });
  await file({ from: ['a@x.example', 'b@x.example'], to: [ARCHIVE] });
  const failed = await bench.storeMail(mail(), {
    state: 'failed',
    failures: 2,
    error: `Filing it failed: ${LONG}${LONG}.`,
    next_try_at: new Date(Date.now() + 60_000),
  });
  await bench.storeMail(mail());
  const taken = `olga.${randomUUID()}@home.example`;
  await file({ from: [taken], to: [JANE] });
  const olga = await site.addUser('Olga Left');
  await site.db('users').where({ id: olga.id }).update({ disabled_at: new Date() });
  await site.db('user_addresses').insert({
    user_id: olga.id,
    address: taken,
    is_primary: false,
    verified_at: new Date(),
  });
  await site
    .db('ignored_senders')
    .insert([
      { address: `${LONG}.ignored@x.example`, created_by: root.id },
      { address: 'noise@x.example', created_by: root.id },
    ])
    .onConflict()
    .ignore();
  const sender = (address: string) =>
    `/admin/rejected/sender?address=${encodeURIComponent(address)}`;
  const problems: string[] = [];
  for (const [name, path] of [
    ['admin', '/admin'],
    ['admin-email', '/admin/email'],
    ['status', '/admin/status'],
    ['log', '/admin/log'],
    ['log-nothing', '/admin/log?q=nobody@x.example&outcome=rejected&from=2026-01-01'],
    ['log-rejected', `/admin/log/${String(long)}`],
    ['log-archived', `/admin/log/${String(archived)}`],
    ['log-failed', `/admin/log/${String(failed)}`],
    ['rejected', '/admin/rejected'],
    ['rejected-nothing', '/admin/rejected?q=nowhere'],
    ['rejected-sender', sender(`${LONG}@${LONG}.example`)],
    ['rejected-inactive', sender(taken)],
    ['rejected-done', sender(given)],
    ['ignored', '/admin/rejected/ignored'],
  ] as const) {
    problems.push(...(await look(name, path)));
  }
  const refused = await lookAt(site, {
    name: 'rejected-error',
    path: sender('stranger1@x.example'),
    user: root,
    prepare: async (page) => {
      await page.evaluate(`document.querySelector('#userId').removeAttribute('required')`);
      await page.getByRole('button', { name: 'Add the address and file the mail' }).click();
      await page.getByText('Choose a user who is active.').waitFor();
    },
  });
  expect([...problems, ...refused]).toEqual([]);
});
