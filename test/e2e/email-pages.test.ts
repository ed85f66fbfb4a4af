import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { ARCHIVE } from '../support/filing-bench.ts';
import { lookAt } from '../support/look.ts';
import {
  attachmentPart,
  buildMail,
  htmlPart,
  inlineImagePart,
  mailbox,
  messagePart,
  multipart,
  textPart,
  type Field,
  type Part,
} from '../support/mail-builder.ts';
import { createRealFiling, type RealFiling } from '../support/real-filing.ts';
import type { TestUser } from '../support/web.ts';

let site: TestSite;
let filing: RealFiling;
let dana: TestUser;
let tom: TestUser;
let jane: number;
let count = 0;

const JANE = 'jane.roe@acme.example';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  site = await startTestSite();
  filing = await createRealFiling(site.db);
  dana = await site.addUser('Dana Kim');
  tom = await site.addUser('Tom Hale');
  jane = await filing.person(JANE);
  await site.db('people').where({ id: jane }).update({ first_name: 'Jane', last_name: 'Roe' });
});
afterAll(async () => {
  await filing.close();
  await site.close();
});

async function file(part: Part, fields: readonly Field[] = []): Promise<number> {
  count += 1;
  const given = new Map<string, Field[1]>([
    ['Message-ID', `<${count}@northquay.example>`],
    ['From', mailbox('Dana Kim', dana.address)],
    ['To', mailbox('Jane Roe', JANE)],
    ['Date', 'Tue, 24 Nov 2026 15:06:00 +0100'],
    ['Subject', 'Chairs for the reading room'],
    ...fields,
  ]);
  const [email] = await filing.file(buildMail([...given], part));
  if (!email) throw new Error('The mail was not filed.');
  return email.id;
}

const LETTER =
  'Dear Jane,\n\nthank you for your call. The forty chairs are ready; see https://northquay.example/chairs?set=oak for how they look.\n\nKind regards\nDana\n';

const NEWSLETTER = `<div style="background-color:#f4f4f4;padding:24px"><table width="600" align="center" bgcolor="#ffffff" style="border:1px solid #ddd"><tr><td style="padding:24px;font-family:Georgia,serif">
<img src="https://pictures.example/logo.png" alt="Acme" width="120" height="40"><h1 style="color:#1a5276">Forty chairs</h1>
<p>Dear Dana,</p><p>here is the <b>picture</b> of the oak: <img src="cid:oak@acme" alt="Oak" width="60" height="60"></p>
<ul><li>40 × oak</li><li>2 × walnut</li></ul><blockquote>You wrote: how many?</blockquote>
<p><a href="https://acme.example/offer?id=1">Accept the offer</a></p></td></tr></table><img src="http://track.example/p.gif" width="1" height="1"></div>`;

function newsletter(): Part {
  const oak = {
    fileName: 'oak.png',
    contentType: 'image/png',
    content: PNG,
    contentId: 'oak@acme',
  };
  const offer = {
    fileName: 'Offer 2026-11 for forty chairs.pdf',
    contentType: 'application/pdf',
    content: Buffer.alloc(184_000, 1),
  };
  return multipart('mixed', [
    multipart('alternative', [
      textPart(LETTER),
      multipart('related', [htmlPart(NEWSLETTER), inlineImagePart(oak)]),
    ]),
    attachmentPart(offer),
  ]);
}

function forward(): Part {
  const inner = buildMail(
    [
      ['From', mailbox('Jane Roe', JANE)],
      ['To', mailbox('Dana Kim', dana.address)],
      ['Subject', 'Your offer'],
      ['Date', 'some day in autumn'],
    ],
    textPart('We take the forty chairs.'),
  );
  return multipart('mixed', [
    textPart('Tom, can you see to the delivery? She called twice.'),
    messagePart(inner),
  ]);
}

describe('an email looks as it should', () => {
  test('text, without attachments', async () => {
    const id = await file(textPart(LETTER));
    expect(await lookAt(site, { name: 'email-text', path: `/emails/${id}`, user: dana })).toEqual(
      [],
    );
  });

  test('formatted, with pictures of other hosts', async () => {
    const id = await file(newsletter());
    const path = `/emails/${id}`;
    expect(await lookAt(site, { name: 'email-html', path, user: dana })).toEqual([]);
  });

  test('forwarded with a remark, without a date that can be read', async () => {
    const id = await file(forward(), [['To', ARCHIVE]]);
    const path = `/emails/${id}`;
    const prepare = async (page: Page) => await page.click('summary');
    expect(await lookAt(site, { name: 'email-forward', path, user: dana, prepare })).toEqual([]);
  });

  test('many people, long words', async () => {
    const many = Array.from({ length: 120 }, (_, at) =>
      mailbox(`Person ${'With Many Names '.repeat(at === 3 ? 12 : 1)}${at}`, `p${at}@many.example`),
    );
    const fields: Field[] = [
      ['Cc', many.join(', ')],
      ['Subject', `${'Donaudampfschifffahrtsgesellschaft'.repeat(8)} and more`],
    ];
    const long = `${'verylongfilename'.repeat(12)}.pdf`;
    const part = multipart('mixed', [
      textPart('x'.repeat(3_000)),
      attachmentPart({ fileName: long, contentType: 'application/pdf', content: PNG }),
    ]);
    const id = await file(part, fields);
    const path = `/emails/${id}?who=p3@many.example`;
    expect(await lookAt(site, { name: 'email-many', path, user: dana })).toEqual([]);
  });

  test('one that waits', async () => {
    const id = await file(textPart(LETTER), [['To', 'nobody@nowhere.example']]);
    const path = `/emails/${id}`;
    expect(await lookAt(site, { name: 'email-waits', path, user: dana })).toEqual([]);
  });
});

describe('the list of emails looks as it should', () => {
  test('filled, empty, and where nothing is found', async () => {
    await file(newsletter());
    await file(textPart(LETTER), [['To', 'nobody@nowhere.example']]);
    const new_ = await site.addUser('Nora New');
    const filled = { name: 'emails-filled', path: '/emails?q=chairs', user: dana };
    expect(await lookAt(site, filled)).toEqual([]);
    const none = { name: 'emails-none', path: '/emails?q=zzz&mine=1', user: dana };
    expect(await lookAt(site, none)).toEqual([]);
    await site.db('emails').update({ visibility: 'private' });
    try {
      const empty = { name: 'emails-empty', path: '/emails', user: new_ };
      expect(await lookAt(site, empty)).toEqual([]);
    } finally {
      await site.db('emails').update({ visibility: 'shared' });
    }
  });
});

test('a colleague reads it without scripts: the frame, its pictures, the text, a file', async () => {
  const id = await file(newsletter());
  const asked: string[] = [];
  const page = await site.open(tom, { javaScriptEnabled: false });
  page.on('request', (request) => void asked.push(request.url()));
  page.on('response', (response) => {
    if (response.status() >= 400) asked.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${site.url}/emails/${id}`);
  const frame = page.frameLocator('iframe');
  expect(await frame.locator('h1').textContent()).toBe('Forty chairs');
  expect(await frame.locator('a').getAttribute('title')).toBe('https://acme.example/offer?id=1');
  await page.waitForLoadState('networkidle');
  expect(asked.filter((url) => url.endsWith('/picture'))).toHaveLength(1);
  expect(asked.filter((url) => !url.startsWith(site.url))).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /Offer 2026-11/ }).click();
  expect((await download).suggestedFilename()).toBe('Offer 2026-11 for forty chairs.pdf');
  await page.getByRole('link', { name: 'Show images' }).click();
  await page.waitForURL(/images=1/);
  expect(await page.getByText('2 remote images are shown.').count()).toBe(1);
  await page.waitForLoadState('networkidle');
  expect(asked.some((url) => url === 'https://pictures.example/logo.png')).toBe(true);
  await page.getByRole('link', { name: 'Plain text' }).click();
  await page.waitForURL(/view=text/);
  expect(await page.getByText('thank you for your call').count()).toBe(1);
});
