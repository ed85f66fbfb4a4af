import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmailRow } from '../../src/db/rows.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { EVIL, HTML_VECTORS, TEXT_VECTORS, TYPE_VECTORS } from '../support/hostile-vectors.ts';
import {
  attachmentPart,
  buildMail,
  encodedWords,
  htmlPart,
  multipart,
  textPart,
} from '../support/mail-builder.ts';
import { createRealFiling, type RealFiling } from '../support/real-filing.ts';
import type { TestUser } from '../support/web.ts';

/** A script that is none of ours, or an attribute that runs one. */
const HARM = 'main script:not([src^="/assets/"]), [onerror], [onload], [onmouseover]';

const A_MAIL = 6;
const MAILS = Math.ceil(HTML_VECTORS.length / A_MAIL);
const JANE = 'jane@acme.example';

let site: TestSite;
let filing: RealFiling;
let dana: TestUser;
let person: number;
let emails: EmailRow[];
let cookies: Awaited<ReturnType<BrowserContext['storageState']>>;

beforeAll(async () => {
  site = await startTestSite();
  filing = await createRealFiling(site.db);
  dana = await site.addUser('Dana Kim');
  person = await filing.person(JANE);
  emails = await filing.fileAll(Array.from({ length: MAILS }, (_, at) => hostileMail(at)));
  const page = await site.open(dana);
  cookies = await page.context().storageState();
});
afterAll(async () => {
  await filing.close();
  await site.close();
});

const textOf = (at: number) => TEXT_VECTORS[at % TEXT_VECTORS.length] ?? '';

/** One mail with as many ways to do harm as it can hold; each second one matches nobody. */
function hostileMail(at: number): Buffer {
  const subject = textOf(at);
  const name = textOf(at + 7);
  const fileName = textOf(at + 13).replaceAll('\0', '%00');
  const contentType = TYPE_VECTORS[at % TYPE_VECTORS.length] ?? '';
  const to = at % 2 === 0 ? JANE : `stranger${at}@nowhere.example`;
  const bodies = HTML_VECTORS.slice(at * A_MAIL, (at + 1) * A_MAIL);
  const content = Buffer.from(`<script>console.log('pwned');alert(1)</script>`);
  return buildMail(
    [
      ['From', `${encodedWords(name)} <${dana.address}>`],
      ['To', `${encodedWords(textOf(at + 3))} <${to}>`],
      [
        'Cc',
        `"<script>alert(1)</script>"@nowhere.example, ${encodedWords(subject)} <a'b@c.example>`,
      ],
      ['Subject', encodedWords(subject)],
      ['Message-ID', `<${at}<script>alert(1)</script>@nowhere.example>`],
      ['Date', at % 3 === 0 ? `<script>alert(1)</script>` : 'Tue, 24 Nov 2026 15:06:00 +0100'],
    ],
    multipart('mixed', [
      multipart('alternative', [
        textPart(`${textOf(at + 21)}\n${textOf(at + 22)} https://${EVIL}/"onclick="alert(1)`),
        multipart(
          'mixed',
          bodies.map((body) => htmlPart(body, { encoding: 'base64' })),
        ),
      ]),
      attachmentPart({ fileName, contentType, content, contentId: `x"><script>${at}` }),
    ]),
  );
}

/** A window that notes whatever should not happen in it. */
async function watchedPage(javaScriptEnabled = true): Promise<{ page: Page; alarms: string[] }> {
  const context = await site.browser.newContext({ storageState: cookies, javaScriptEnabled });
  const alarms: string[] = [];
  const alarm = (what: string) => void alarms.push(what.slice(0, 300));
  await context.route(
    (url) => url.origin !== site.url && url.protocol !== 'data:',
    async (route) => {
      alarm(`asks ${route.request().url()}`);
      await route.abort();
    },
  );
  const page = await context.newPage();
  context.on('page', (popup) => alarm(`opens ${popup.url()}`));
  page.on('dialog', (dialog) => {
    alarm(`says ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // Chromium's own word on a field of ours, where the page's script was quicker.
    if (!message.text().startsWith('Autofocus processing was blocked')) {
      alarm(`console ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => alarm(`fails ${error.message}`));
  return { page, alarms };
}

/** Elements and attributes that nothing from a mail may bring into the frame. */
const FORBIDDEN =
  'script, link, meta:not([charset]):not([name=viewport]), base, iframe, frame, object, embed, form, ' +
  'input, button, textarea, select, svg, math, template, noscript, video, audio, source, picture, ' +
  'body style, [srcset], [background], [ping], [id], [name]:not(meta), [onerror], [onload], ' +
  '[onclick], [onmouseover], [onfocus], [ontoggle], [autofocus], [contenteditable], [popover]';

test(`${HTML_VECTORS.length + TEXT_VECTORS.length} ways to do harm are there to be tried`, () => {
  expect(new Set([...HTML_VECTORS, ...TEXT_VECTORS]).size).toBeGreaterThan(200);
  expect(emails).toHaveLength(MAILS);
});

test('on its own page and in its frame no mail runs, asks or opens anything', async () => {
  const { page, alarms } = await watchedPage();
  for (const { id } of emails) {
    const answer = await page.goto(`${site.url}/emails/${id}`);
    expect(answer?.status()).toBe(200);
    const frame = page.frameLocator('iframe');
    await frame.locator('body').waitFor();
    expect(await frame.locator(FORBIDDEN).count(), `email ${id}`).toBe(0);
    const links = await frame.locator('a[href]').all();
    const targets = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(targets.filter((href) => !/^(https?|mailto):/.test(href ?? ''))).toEqual([]);
    expect(
      await page.locator('main script, main [onerror], main [onload], main [onmouseover]').count(),
    ).toBe(0);
    expect(alarms, `email ${id}`).toEqual([]);
  }
});

test('elsewhere neither: as text, alone, in the lists, in Data Cleanup and on the record', async () => {
  const { page, alarms } = await watchedPage();
  const ids = emails.map(({ id }) => id);
  const some = ids.filter((_id, at) => at % 5 === 0);
  const waiting = emails.filter(({ state }) => state === 'unmatched').map(({ id }) => id);
  const paths = [
    ...some.flatMap((id) => [`/emails/${id}?view=text`, `/emails/${id}/body?view=text`]),
    ...some.map((id) => `/emails/${id}/body`),
    ...['/emails', `/emails?before=${ids[20]}`, '/emails?q=script', '/emails?q=%3Cscript%3E%22'],
    ...['/', '/data-cleanup', `/people/${person}`, '/contacts'],
    ...waiting.filter((_id, at) => at % 4 === 0).map((id) => `/data-cleanup/${id}`),
    ...waiting.slice(0, 3).map((id) => `/data-cleanup/${id}?do=contact`),
    ...some.slice(0, 6).map((id) => `/emails/${id}?who=${encodeURIComponent("a'b@c.example")}`),
  ];
  for (const path of paths) {
    const answer = await page.goto(site.url + path);
    expect(answer?.status(), path).toBe(200);
    expect(alarms, path).toEqual([]);
    expect(await page.locator(HARM).count(), path).toBe(0);
  }
});

test('pictures that were asked for are all that is asked for', async () => {
  const { page, alarms } = await watchedPage();
  for (const { id } of emails.filter((_email, at) => at % 3 === 0)) {
    await page.goto(`${site.url}/emails/${id}?images=1`);
    await page.frameLocator('iframe').locator('body').waitFor();
  }
  const others = alarms.filter(
    (alarm) => !/^asks https:\/\/evil\.example\/|Failed to load resource/.test(alarm),
  );
  expect(others).toEqual([]);
});

test('files are saved under a harmless name and type, whatever they call themselves', async () => {
  const { page, alarms } = await watchedPage();
  for (const { id } of emails) {
    const file = await site.db('attachments').where({ email_id: id }).first('id');
    for (const path of [`attachments/${file?.id}`, 'original']) {
      const answer = await page.request.get(`${site.url}/emails/${id}/${path}`);
      expect(answer.status()).toBe(200);
      const headers = answer.headers();
      expect(headers['content-disposition']).toMatch(
        /^attachment; filename="[\w !#$&'()+,.;=@[\]^`{}~-]+"; filename\*=UTF-8''[\w%.~!$&+^`|#-]+$/,
      );
      expect(headers['content-type']).toMatch(/^(application\/octet-stream|message\/rfc822)$/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    }
    const picture = await page.request.get(
      `${site.url}/emails/${id}/attachments/${file?.id}/picture`,
    );
    expect(picture.status()).toBe(404);
  }
  expect(alarms).toEqual([]);
});
