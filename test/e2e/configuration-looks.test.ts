import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { lookAt } from '../support/look.ts';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import type { TestUser } from '../support/web.ts';

const ARCHIVING = '/admin/email/archiving';
const OUTGOING = '/admin/email/outgoing';

let dovecot: Dovecot;
let sink: SmtpSink;
let site: TestSite;
let user: TestUser;

beforeAll(async () => {
  dovecot = await startDovecot();
  await dovecot.createFolder('Archived');
  await dovecot.deliver('Subject: One\r\n\r\n');
  sink = await startSmtpSink();
  site = await startTestSite();
  user = await site.addUser('Dana Kim', 'administrators', 'super-administrators');
});
afterAll(async () => {
  await site.close();
  await sink.stop();
  await dovecot.stop();
});

/** Types settings of the mailbox, as a person does. */
async function fill(page: Page, changes: Record<string, string> = {}): Promise<void> {
  const fields = {
    ...{ host: 'localhost', port: String(dovecot.port), username: dovecot.user },
    ...{ password: dovecot.password, archiveAddress: 'archive@northquay.example' },
    ...changes,
  };
  await page.selectOption('#security', 'none');
  for (const [name, value] of Object.entries(fields)) await page.fill(`#${name}`, value);
}

async function press(page: Page, name: string): Promise<void> {
  await page.click(`main button.btn:has-text("${name}")`);
  await page.waitForLoadState();
}

test('the pages are well to look at before anything is set up', async () => {
  expect(await lookAt(site, { name: 'archiving-empty', path: ARCHIVING, user })).toEqual([]);
  expect(await lookAt(site, { name: 'outgoing-empty', path: OUTGOING, user })).toEqual([]);
});

test.each([
  ['archiving-failed', { password: 'wrong' }, 'Test Connection', '#test'],
  ['archiving-tested', {}, 'Test Connection', '#test'],
  ['archiving-errors', { host: 'http://x', port: '0' }, 'Save', '.is-invalid'],
  ['archiving-existing', {}, 'Save', '#existing'],
])('%s', async (name, changes, button, shown) => {
  const prepare = async (page: Page) => {
    await fill(page, changes);
    await press(page, button);
    await page.waitForSelector(shown);
  };
  expect(await lookAt(site, { name, path: ARCHIVING, user, prepare })).toEqual([]);
});

test.each([
  ['outgoing-tested', {}, 'Test and send', '#test'],
  ['outgoing-failed', { port: '9' }, 'Test and send', '#test'],
  ['outgoing-errors', { from: 'nobody' }, 'Save', '.is-invalid'],
  ['outgoing-saved', {}, 'Save', '[role=status] .alert-success'],
])('%s', async (name, changes, button, shown) => {
  const prepare = async (page: Page) => {
    await page.selectOption('#security', 'none');
    const fields = { host: '127.0.0.1', port: String(sink.port), from: 'crm@northquay.example' };
    for (const [field, value] of Object.entries({ ...fields, ...changes })) {
      await page.fill(`#${field}`, value);
    }
    await press(page, button);
    await page.waitForSelector(shown);
  };
  expect(await lookAt(site, { name, path: OUTGOING, user, prepare })).toEqual([]);
});
