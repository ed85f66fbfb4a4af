import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeOutgoingSettings } from '../../src/outgoing/outgoing-settings.ts';
import { setUpLink } from '../../src/users/set-up-token.ts';
import { userLink } from '../../src/users/user-links.ts';
import { createUserToken, type TokenSubject } from '../../src/users/user-token-store.ts';
import { addMailbox, addMessage } from '../integration/account/first-mail-rows.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { lookAt } from '../support/look.ts';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';
import type { TestUser } from '../support/web.ts';

const NEW = 'lantern gravel ostrich piano';

describe.each([true, false])('set-up, with scripts: %s', (javaScript) => {
  let site: TestSite;

  beforeEach(async () => {
    site = await startTestSite();
  });

  afterEach(async () => {
    await site.close();
  });

  // The same page without scripts; axe needs them.
  test.runIf(javaScript)('looks as it should', async () => {
    const link = (await setUpLink(site.deps, site.url))!;
    const path = link.slice(site.url.length);
    const sights = [
      { name: 'set-up-token', path: '/', prepare: undefined },
      { name: 'set-up-token-wrong', path: '/set-up?token=wrong', prepare: undefined },
      { name: 'set-up', path, prepare: undefined },
      {
        name: 'set-up-errors',
        path,
        prepare: async (page: Page) => {
          await page.fill('#name', 'Dana Roe');
          await page.fill('#email', 'dana@northquay.example');
          await page.fill('#organisation', 'North Quay');
          await page.fill('#password', 'password1234');
          await page.click('main button.btn-primary');
          await page.waitForSelector('#password-error');
        },
      },
    ];
    for (const { prepare, ...sight } of sights) {
      const more = { user: null, ...(prepare ? { prepare } : {}) };
      expect(await lookAt(site, { ...sight, ...more })).toEqual([]);
    }
  });

  test('makes the first user, who goes on to Home', async () => {
    const page = await site.open(null, {
      javaScriptEnabled: javaScript,
      timezoneId: 'Asia/Kolkata',
    });
    await page.goto((await setUpLink(site.deps, site.url))!);
    expect(await page.inputValue('#timeZone')).toMatch(
      javaScript ? /^Asia\/(Kolkata|Calcutta)$/ : /^UTC$/,
    );
    await page.fill('#name', 'Dana Roe');
    await page.fill('#email', 'dana@northquay.example');
    await page.fill('#organisation', 'North Quay');
    await page.fill('#password', NEW);
    expect(await page.isVisible('[data-reveal]')).toBe(javaScript);
    if (javaScript) {
      await page.click('[data-reveal]');
      expect(await page.getAttribute('#password', 'type')).toBe('text');
    }
    await page.click('main button.btn-primary');
    await page.waitForURL(`${site.url}/`);
    expect(await page.textContent('main')).toContain('Letterbook is set up');
    const [user] = await site.db('users').select('name', 'time_zone');
    expect(user?.name).toBe('Dana Roe');
    expect(user?.time_zone).toMatch(javaScript ? /^Asia/ : /^UTC$/);
    await page.context().close();
  });
});

describe.each([true, false])('with scripts: %s', (javaScript) => {
  let site: TestSite;
  let sink: SmtpSink;
  let dana: TestUser;

  beforeEach(async () => {
    site = await startTestSite();
    sink = await startSmtpSink();
    dana = await site.addUser('Dana Kim');
  });

  afterEach(async () => {
    await sink.stop();
    await site.close();
  });

  const open = () => site.open(null, { javaScriptEnabled: javaScript });
  const look = async (
    name: string,
    path: string,
    more: { user?: TestUser; prepare?: (page: Page) => Promise<void> } = {},
  ) => {
    if (!javaScript) return;
    expect(await lookAt(site, { user: null, ...more, name, path })).toEqual([]);
  };

  async function link(subject: TokenSubject): Promise<string> {
    const token = await site.db.transaction((trx) => createUserToken(trx, subject));
    return userLink(site.url, subject.kind, token).slice(site.url.length);
  }

  test('signing in, wrongly and rightly, and once too often', async () => {
    const signIn = async (page: Page, password: string) => {
      await page.fill('#email', dana.address);
      await page.fill('#password', password);
      await page.click('form[action="/sign-in"] button');
    };
    await look('sign-in', '/sign-in');
    await look('sign-in-refused', '/sign-in', {
      prepare: async (page) => {
        await signIn(page, 'wrong');
        await page.waitForSelector('[role=alert]');
      },
    });
    await look('sign-in-too-many', '/sign-in', {
      prepare: async (page) => {
        for (let n = 0; n < 11; n += 1) {
          await signIn(page, 'wrong');
          await page.waitForSelector('[role=alert]');
        }
        expect(await page.textContent('[role=alert]')).toContain('You can try again in');
      },
    });
    await site.db('rate_limits').delete();
    const page = await open();
    await page.goto(`${site.url}/profile`);
    await signIn(page, 'wrong');
    expect(await page.textContent('[role=alert]')).toContain('do not go together');
    expect(await page.inputValue('#email')).toBe(dana.address);
    await signIn(page, dana.password);
    await page.waitForURL(`${site.url}/profile`);
    await page.context().close();
  });

  test('a forgotten password, by the link from the mail', async () => {
    await look('forgotten-no-mail', '/forgotten-password');
    await writeOutgoingSettings(site.db, site.deps.secrets, {
      host: '127.0.0.1',
      port: sink.port,
      security: 'none',
      username: null,
      password: null,
      from: 'crm@northquay.example',
    });
    await look('forgotten', '/forgotten-password');
    const page = await open();
    await page.goto(`${site.url}/sign-in`);
    await page.click('a[href="/forgotten-password"]');
    await page.fill('#email', dana.address);
    await page.click('main button');
    expect(await page.textContent('main')).toContain('Look into your mailbox');
    await until('the mail came', () => sink.received.length === 1);
    const mail = sink.received[0]!.raw.toString().replace(/=\r\n/g, '').replaceAll('=3D', '=');
    const path = /\/links\/password\?token=\S+/.exec(mail)![0];
    await look('new-password', path);
    await page.goto(site.url + path);
    await page.fill('#password', NEW);
    await page.click('main button.btn-primary');
    await page.waitForURL(`${site.url}/`);
    expect(await page.textContent('main')).toContain('Your new password is saved');
    await look('link-used', path);
    await look('forgotten-sent', '/forgotten-password', {
      prepare: async (asking) => {
        await site.db('rate_limits').delete();
        await asking.fill('#email', 'nobody@northquay.example');
        await asking.click('main button');
        await asking.waitForSelector('text=Look into your mailbox');
      },
    });
    await page.context().close();
  });

  test('an invitation', async () => {
    const una = await site.addUser('Una User');
    await site.db('users').where({ id: una.id }).update({ password_hash: null });
    const path = await link({ kind: 'invitation', userId: una.id });
    await look('invitation', path);
    await look('invitation-errors', path, {
      prepare: async (page) => {
        await page.fill('#password', 'una user una user');
        await page.click('main button.btn-primary');
        await page.waitForSelector('#password-error');
      },
    });
    const page = await open();
    await page.goto(site.url + path);
    await page.fill('#password', NEW);
    await page.click('main button.btn-primary');
    await page.waitForURL(`${site.url}/`);
    expect(await page.textContent('main')).toContain('Welcome to Letterbook, Una User');
    await look('link-unknown', '/links/invitation?token=nonsense');
    await page.context().close();
  });

  test('an address to confirm', async () => {
    const address = 'dana.kim.with.a.rather.long.name@department.company-with-a-long-name.example';
    const [row] = await site
      .db('user_addresses')
      .insert({ user_id: dana.id, address })
      .returning('id');
    const path = await link({ kind: 'address', userId: dana.id, addressId: row!.id });
    await look('confirm-address', path);
    const page = await open();
    await page.goto(site.url + path);
    await page.click('main button');
    await page.waitForURL(`${site.url}/sign-in?next=%2Fprofile`);
    expect(await page.textContent('main')).toContain(`${address} is confirmed`);
    await page.context().close();
  });

  test('the first mail arrives while the page is open', async () => {
    const ada = await site.addUser('Ada Admin', 'super-administrators');
    await look('first-mail-no-mailbox', '/set-up/first-mail', { user: ada });
    const mailboxId = await addMailbox(site.db);
    await addMessage(site.db, mailboxId, { outcome: 'rejected', from: 'ada@home.example' });
    await site.db('mailboxes').update({ problem: 'The server did not accept the password.' });
    await look('first-mail-waiting', '/set-up/first-mail', { user: ada });
    const context = await site.browser.newContext({ javaScriptEnabled: javaScript });
    const page = await context.newPage();
    await page.goto(`${site.url}/sign-in?next=/set-up/first-mail`);
    await page.fill('#email', ada.address);
    await page.fill('#password', ada.password);
    await page.click('form[action="/sign-in"] button');
    await page.waitForSelector('text=Waiting for your mail');
    await addMessage(site.db, mailboxId, {
      outcome: 'unmatched',
      ownerId: ada.id,
      state: 'unmatched',
      subject: 'Trial for the archive',
    });
    await page.waitForSelector('text=Your mail arrived', { timeout: 30_000 });
    expect(await page.textContent('#first-mail')).toContain('Trial for the archive');
    await look('first-mail-arrived', '/set-up/first-mail', { user: ada });
    await context.close();
  });
});
