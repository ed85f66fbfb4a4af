import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARCHIVE } from '../../support/filing-bench.ts';
import {
  buildMail,
  htmlPart,
  inlineImagePart,
  multipart,
  textPart,
  type Field,
  type Part,
} from '../../support/mail-builder.ts';
import { createRealFiling, type RealFiling } from '../../support/real-filing.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let filing: RealFiling;
let dana: TestUser;
let agent: Agent;
let other: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  filing = await createRealFiling(web.db);
  dana = await web.addUser('Dana Kim');
  agent = await web.signIn(dana);
  other = await web.signIn(await web.addUser('Tom Hale', 'super-administrators'));
});
afterAll(async () => {
  await filing.close();
  await web.close();
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A mail of Dana's to somebody whom nobody knows; @returns its number. */
async function file(part: Part, to = `jane${count}@client.example`): Promise<number> {
  count += 1;
  const head: Field[] = [
    ['From', dana.address],
    ['To', to],
    ['Message-ID', `<${count}@northquay.example>`],
    ['Subject', `Chairs ${count}`],
  ];
  const [email] = await filing.file(buildMail(head, part));
  return email?.id ?? 0;
}

async function body(id: number, query = ''): Promise<string> {
  const { text } = await agent.get(`/emails/${id}/body${query}`).expect(200);
  return /<body dir="auto">([\s\S]*)<\/body>/.exec(text)?.[1] ?? '';
}

const alternative = (html: Part) => multipart('alternative', [textPart('Plain words'), html]);

describe('the body of an email', () => {
  test.each([
    ['base64', 'utf-8', 'Grüße – „Stühle“'],
    ['quoted-printable', 'windows-1252', 'Grüße – „Stühle“ €'],
    ['8bit', 'iso-8859-1', 'Grüße'],
    ['base64', 'iso-2022-jp', '椅子'],
  ] as const)('comes out of the original: %s, %s', async (encoding, charset, words) => {
    const html = htmlPart(`<p>${words}</p>`, { encoding, charset });
    expect(await body(await file(alternative(html)))).toBe(`<p>${words}</p>`);
  });

  test.each([undefined, 'unknown-8bit', 'utf8', 'x-no-such'])(
    'a charset of %s is guessed',
    async (declaredCharset) => {
      const part = htmlPart('<p>Grüße</p>', { ...(declaredCharset && { declaredCharset }) });
      expect(await body(await file(part))).toBe('<p>Grüße</p>');
    },
  );

  test.each(['8bit', 'base64'] as const)('of a mail attached in %s', async (encoding) => {
    const inner = buildMail(
      [
        ['From', 'jane@client.example'],
        ['To', dana.address],
      ],
      alternative(htmlPart('<p>Inner <b>words</b></p>', { encoding: 'base64' })),
    );
    const attached = {
      fields: [
        ['Content-Type', 'message/rfc822'],
        ['Content-Transfer-Encoding', encoding],
      ] as const,
      body:
        encoding === '8bit'
          ? inner
          : Buffer.from(inner.toString('base64').replace(/.{76}/g, '$&\r\n')),
    };
    const id = await file(multipart('mixed', [textPart('See this'), attached]), ARCHIVE);
    expect(await body(id)).toContain('<p>Inner <b>words</b></p>');
  });

  test('all HTML and the text beside it, but not the text instead of it', async () => {
    const picture = inlineImagePart({
      fileName: 'a.png',
      contentType: 'image/png',
      content: PNG,
      contentId: 'pic@1',
    });
    const id = await file(
      multipart('mixed', [
        alternative(
          multipart('related', [htmlPart('<p>One <img src="cid:pic%401"></p>'), picture]),
        ),
        htmlPart('<p>Two</p>'),
        textPart('-- \nThe <list>'),
      ]),
    );
    const text = await body(id);
    expect(text).toMatch(
      new RegExp(`^<p>One <img alt="" src="/emails/${id}/attachments/\\d+/picture" /></p>`),
    );
    expect(text).toContain('<p>Two</p>');
    expect(text).toContain('The &lt;list&gt;');
    expect(text).not.toContain('Plain words');
  });

  test('plain text is shown with its addresses as links', async () => {
    const id = await file(
      textPart('See https://a.example/x?y=1&z=<2>. Or write jane@acme.example!'),
    );
    const text = await body(id);
    expect(text).toContain(
      '<a href="https://a.example/x?y=1&amp;z=" target="_blank" rel="noopener',
    );
    expect(text).toContain('<a href="mailto:jane@acme.example"');
    expect(text).toContain('&lt;2&gt;.');
    const formatted = await file(alternative(htmlPart('<p>x</p>')));
    expect(await body(formatted, '?view=text')).toContain('Plain words');
  });

  test('remote pictures come when they are asked for', async () => {
    const id = await file(htmlPart('<img src="http://track.example/a.gif" alt="Logo">'));
    expect(await body(id)).toBe('<img alt="Logo" class="blocked" />');
    expect(await body(id, '?images=1')).toBe(
      '<img alt="Logo" src="https://track.example/a.gif" referrerpolicy="no-referrer" />',
    );
  });

  test('its policy lets nothing in', async () => {
    const id = await file(htmlPart('<p>x</p>'));
    const { headers } = await agent.get(`/emails/${id}/body`).expect(200);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'; ");
    expect(policy).toContain("; img-src 'self' data:; ");
    expect(policy).toContain("; frame-ancestors 'self'; sandbox allow-popups ");
    expect(policy).not.toMatch(/script|allow-same-origin|allow-scripts/);
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
    const asked = await agent.get(`/emails/${id}/body?images=1`).expect(200);
    expect(asked.headers['content-security-policy']).toContain("; img-src 'self' data: https:; ");
  });

  test('more than 2 MB are cut, and what is too intricate is shown as text', async () => {
    const id = await file(alternative(htmlPart('<p>Word</p>\n'.repeat(300_000))));
    const { text } = await agent.get(`/emails/${id}/body`).expect(200);
    expect(text.length).toBeGreaterThan(2_000_000);
    expect(text.length).toBeLessThan(2_200_000);
  });

  test('nobody else sees that of a waiting one', async () => {
    const id = await file(htmlPart('<p>x</p>'));
    await other.get(`/emails/${id}/body`).expect(404);
    await agent.get(`/emails/999999999/body`).expect(404);
    await agent.get(`/emails/x/body`).expect(404);
  });
});
