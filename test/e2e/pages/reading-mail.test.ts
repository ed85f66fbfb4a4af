import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { lookAt } from '../../support/look.ts';
import { buildMail, htmlPart, mailbox, textPart, type Part } from '../../support/mail-builder.ts';
import { createRealFiling, type RealFiling } from '../../support/real-filing.ts';
import type { TestUser } from '../../support/web.ts';

let site: TestSite;
let filing: RealFiling;
let dana: TestUser;
let jane: number;
let count = 0;

const JANE = 'jane.roe@acme.example';
const LED = 'On Tue, 24 Nov 2026 at 15:06, Jane Roe <jane.roe@acme.example> wrote:';
const many = (words: string, lines: number) =>
  Array.from({ length: lines }, (_one, at) => `${words} ${at + 1}, as long as such lines are`);
const THREAD = ['Dear Jane,', '', 'Monday is fine.', '', LED, ...many('> Older', 300)].join('\n');
const paragraphs = (lines: readonly string[]) => lines.map((line) => `<p>${line}</p>`).join('');
const HTML_THREAD = `<p>Dear Jane,</p><p>Monday is fine.</p><div class="gmail_quote"><div class="gmail_attr">On Tue, 24 Nov 2026 at 15:06, Jane wrote:</div><blockquote class="gmail_quote">${paragraphs(many('Older', 200))}</blockquote></div>`;

beforeAll(async () => {
  site = await startTestSite();
  filing = await createRealFiling(site.db);
  dana = await site.addUser('Dana Kim');
  jane = await filing.person(JANE);
});
afterAll(async () => {
  await filing.close();
  await site.close();
});

async function file(part: Part, subject = 'Re: Chairs', to = JANE): Promise<number> {
  count += 1;
  const [email] = await filing.file(
    buildMail(
      [
        ['Message-ID', `<${count}@northquay.example>`],
        ['From', mailbox('Dana Kim', dana.address)],
        ['To', mailbox('Jane Roe', to)],
        ['Date', 'Tue, 24 Nov 2026 16:00:00 +0100'],
        ['Subject', subject],
      ],
      part,
    ),
  );
  if (!email) throw new Error('The mail was not filed.');
  return email.id;
}

/** A phone whose browser runs no script. */
async function phone(path: string): Promise<Page> {
  const page = await site.open(dana, {
    viewport: { width: 360, height: 800 },
    javaScriptEnabled: false,
  });
  await page.goto(site.url + path);
  return page;
}

/** A program for the page. */
const HEIGHT = 'document.documentElement.scrollHeight';
/** Functions for an element of it: the types of a browser are not those of a test. */
const scrollsWithin = (one: unknown) => {
  const { scrollHeight, clientHeight } = one as { scrollHeight: number; clientHeight: number };
  return scrollHeight > clientHeight + 1;
};
const topOf = (one: unknown) =>
  (one as { getBoundingClientRect(): { top: number } }).getBoundingClientRect().top;
const directionOf = (one: unknown) => {
  const { getComputedStyle } = globalThis as unknown as {
    getComputedStyle(of: unknown): { direction: string };
  };
  return getComputedStyle(one).direction;
};

describe('what a mail quotes is folded away, on a phone and without scripts', () => {
  test.each([
    ['its page', JANE, '/emails'],
    ['Data Cleanup', 'nobody@nowhere.example', '/data-cleanup'],
  ])('text, on %s', async (_where, to, at) => {
    const page = await phone(`${at}/${await file(textPart(THREAD), 'Re: Chairs', to)}`);
    const mail = page.locator('#mail');
    expect(await mail.getByText('Monday is fine.').isVisible()).toBe(true);
    expect(await mail.getByText('Older 300,').isVisible()).toBe(false);
    const folded = await page.evaluate<number>(HEIGHT);
    await page.getByText('Show quoted text').click();
    expect(await page.getByText('Older 300,').isVisible()).toBe(true);
    expect(await page.evaluate<number>(HEIGHT)).toBeGreaterThan(folded + 5_000);
    await page.context().close();
  });

  test('formatted, in its frame', async () => {
    const page = await phone(`/emails/${await file(htmlPart(HTML_THREAD))}`);
    const frame = page.frameLocator('iframe');
    expect(await frame.getByText('Monday is fine.').isVisible()).toBe(true);
    expect(await frame.getByText('Older 200,').isVisible()).toBe(false);
    await frame.getByText('Show quoted text').click();
    expect(await frame.getByText('Older 200,').isVisible()).toBe(true);
    await page.context().close();
  });

  test('a forward is there at once', async () => {
    const block = ['---------- Forwarded message ---------', `From: ${JANE}`, 'Subject: Chairs'];
    const told = many('Told', 20);
    const id = await file(textPart(['FYI', ...block, '', ...told].join('\n')), 'Fwd: Chairs');
    const page = await phone(`/emails/${id}`);
    expect(await page.getByText('Told 20,').isVisible()).toBe(true);
    expect(await page.getByText('Show quoted text').count()).toBe(0);
    await page.context().close();
  });
});

describe('a long mail', () => {
  test('goes on where its reader asks for it, in the page', async () => {
    const page = await phone(`/emails/${await file(textPart(many('Own', 200).join('\n')))}`);
    expect(await page.getByText('Own 1,').isVisible()).toBe(true);
    expect(await page.getByText('Own 200,').isVisible()).toBe(false);
    await page.getByText('Show the whole message').click();
    expect(await page.getByText('Own 200,').isVisible()).toBe(true);
    await page.context().close();
  });

  test('holds no finger up in its frame until it is asked for, and is whole in its own window', async () => {
    const id = await file(htmlPart(paragraphs(many('Own', 200))));
    const page = await phone(`/emails/${id}`);
    const root = page.frameLocator('iframe').locator('html');
    const scrolls = async () => await root.evaluate(scrollsWithin);
    await root.getByText('Own 1,').waitFor();
    expect(await scrolls()).toBe(false);
    await root.getByText('Show the whole message').click();
    expect(await scrolls()).toBe(true);
    const alone = await page.getByRole('link', { name: 'Open alone' }).getAttribute('href');
    await page.goto(site.url + String(alone));
    expect(await page.getByText('Own 200,').count()).toBe(1);
    expect(await page.getByText('Show the whole message').count()).toBe(0);
    await page.context().close();
  });
});

test('records and actions are a press away on a phone', async () => {
  const page = await phone(`/emails/${await file(textPart(many('Own', 60).join('\n')))}`);
  await page.getByRole('link', { name: 'Records and actions' }).click();
  const records = page.getByText('On these records');
  const top = async () => await records.evaluate(topOf);
  await expect.poll(top).toBeLessThan(700);
  await page.context().close();
});

test('words that are read from the right begin at the right, and keep their beginning', async () => {
  const words = 'הצעת מחיר עבור הנמל, עדכון שני';
  const id = await file(textPart(`${words} `.repeat(9)), words);
  for (const [path, selector] of [
    [`/emails/${id}`, 'h1'],
    [`/emails/${id}`, '.breadcrumb-here'],
    [`/people/${jane}`, '.list-group-item .text-truncate'],
    ['/emails', `a[href="/emails/${id}"]`],
    ['/', `a[href="/emails/${id}"]`],
  ] as const) {
    const page = await phone(path);
    const shown = page.locator(selector).first();
    const direction = await shown.evaluate(directionOf);
    expect(direction, `${path} ${selector}`).toBe('rtl');
    await page.context().close();
  }
});

test('folded and opened, it looks as it should', async () => {
  const text = `/emails/${await file(textPart([THREAD, ...many('Own', 90)].join('\n')), 'A subject '.repeat(40))}`;
  const open = async (page: Page) => {
    await page.getByText('Show quoted text').first().click();
    await page.getByText('Show the whole message').click();
  };
  const sights = [
    { name: 'reading-text', path: text, user: dana },
    { name: 'reading-text-open', path: text, user: dana, prepare: open },
    { name: 'reading-html', path: `/emails/${await file(htmlPart(HTML_THREAD))}`, user: dana },
    {
      name: 'reading-long',
      path: `/emails/${await file(htmlPart(paragraphs(many('Own', 200))))}`,
      user: dana,
    },
    { name: 'reading-timeline', path: `/people/${jane}`, user: dana },
  ];
  for (const sight of sights) expect(await lookAt(site, sight)).toEqual([]);
});
