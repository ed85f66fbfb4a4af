import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { createInstallation, type Installation } from '../support/installation.ts';
import { until } from '../support/until.ts';

const PASSWORD = 'correct horse battery staple';
const DANA = 'dana@northquay.example';

/*
 * What the administrator does, in a browser, with the whole product running: a wrong password, the
 * right one, Test, Save with the password typed once; then mail is archived.
 */
describe.each([true, false])('setting up the archive mailbox, scripts: %s', (javaScript) => {
  let dovecot: Dovecot;
  let installation: Installation;
  let url: string;

  beforeEach(async () => {
    dovecot = await startDovecot();
    installation = await createInstallation();
    const user = ['user', 'create', '--name', 'Dana Kim', '--email', DANA];
    const groups = ['--group', 'super-administrators', '--group', 'administrators'];
    await installation.run([...user, ...groups], { env: { LETTERBOOK_PASSWORD: PASSWORD } });
    const port = await freePort();
    url = `http://localhost:${port}`;
    await installation.serve('start', { PORT: String(port) });
  });
  afterEach(async () => {
    await installation.remove();
    await dovecot.stop();
  });

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${url}/sign-in`);
    await page.fill('#email', DANA);
    await page.fill('#password', PASSWORD);
    await page.click('form[action="/sign-in"] button');
    await page.waitForURL(`${url}/`);
  }

  async function press(page: Page, button: string): Promise<void> {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.click(`main button.btn:has-text("${button}")`);
    await answered;
    await page.waitForLoadState();
  }

  it('is told what is wrong, tests, saves, and sees mail being archived', async () => {
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext({ javaScriptEnabled: javaScript });
      const page = await context.newPage();
      await signIn(page);
      await page.goto(`${url}/admin/email/archiving`);
      expect(await page.textContent('#archiving-state')).toContain('Not set up');

      await page.selectOption('#provider', 'fastmail');
      if (!javaScript) await press(page, 'Fill in its server');
      expect(await page.inputValue('#host')).toBe('imap.fastmail.com');
      expect(await page.isVisible('[data-without-script]')).toBe(!javaScript);

      await page.fill('#host', 'localhost');
      await page.fill('#port', String(dovecot.port));
      await page.selectOption('#security', 'none');
      await page.fill('#port', String(dovecot.port));
      await page.fill('#username', dovecot.user);
      await page.fill('#archiveAddress', 'archive@northquay.example');
      await page.fill('#password', 'wrong');
      await press(page, 'Test Connection');
      expect(await page.textContent('#test')).toContain('did not accept the user name archive');

      await page.fill('#password', dovecot.password);
      await press(page, 'Test Connection');
      expect(await page.textContent('#test')).toContain('Connection successful');
      expect(await page.inputValue('#password')).toBe('');
      expect(await page.textContent('#password-hint')).toContain('entered, not saved yet');

      await press(page, 'Save');
      await page.waitForSelector('.alert-success');
      expect(await page.textContent('main')).toContain('Saved for all users.');
      expect(await page.content()).not.toContain(dovecot.password);

      await dovecot.deliver(
        `From: ${DANA}\r\nTo: jane@client.example\r\nSubject: Hello\r\nMessage-ID: <1@x.example>\r\n\r\nHi\r\n`,
      );
      // The folder is missing until the first message is moved there.
      const putAway = () => dovecot.list('Archived').catch(() => []);
      await until('it is put away', async () => (await putAway()).length === 1);
      await page.goto(`${url}/admin/email/archiving`);
      expect(await page.textContent('#archiving-state')).toContain('Running, last checked');
      expect(await page.textContent('#archiving-health')).toContain('1 for 1 user');
    } finally {
      await browser.close();
    }
  });
});
