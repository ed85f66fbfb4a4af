import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOT_CONFIGURED, statusView } from '../../support/status-view.ts';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let admin: Agent;
let status = async () => statusView();
let ready = async () => true;

beforeAll(async () => {
  web = await startTestWeb({ status: () => status(), ready: () => ready() });
  admin = await web.signIn(await web.addUser('Ada Admin', 'administrators'));
});

afterAll(async () => {
  await web.close();
});

describe('the status page', () => {
  test('says what runs and what became of the mail', async () => {
    status = async () => statusView();
    const { text } = await admin.get('/admin/status').expect(200);
    expect(text).toContain('<title>What runs · Letterbook</title>');
    expect(text).toContain('PostgreSQL of its own in ./data');
    expect(text).toContain('archive@company.example at imap.company.example, folder INBOX');
    expect(text).toContain('<time datetime="2026-03-29T01:30:05.120Z">29 Mar 2026, 01:30</time>');
    expect(text).toMatch(/Archived<\/a><\/dt><dd[^>]*>1,234</);
    expect(text).toMatch(/Waiting<\/a><\/dt><dd[^>]*>3</);
  });

  test('says that there is no mailbox', async () => {
    status = async () => statusView({ mailbox: NOT_CONFIGURED });
    const { text } = await admin.get('/admin/status').expect(200);
    expect(text).toContain('No archive mailbox is set up');
    expect(text).not.toContain('Last poll');
  });

  test('escapes what it shows', async () => {
    status = async () => statusView({ database: '<img src=x>' });
    const { text } = await admin.get('/admin/status').expect(200);
    expect(text).toContain('&lt;img src=x&gt;');
    expect(text).not.toContain('<img src=x>');
  });
});

describe('headers', () => {
  test('over plain HTTP nothing asks for https', async () => {
    const { headers } = await web.visitor().get('/sign-in').expect(200);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';frame-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('cross-origin-opener-policy');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  test('a page has no inline script or style, and asks no other host', async () => {
    const { text } = await admin.get('/admin').expect(200);
    expect(text).not.toMatch(/<script>|<style|\sstyle=|\son\w+=|https?:\/\//);
  });
});

describe('where people come by https', () => {
  test('browsers are held to it', async () => {
    const https = await startTestWeb({ baseUrl: 'https://crm.example' });
    try {
      const { headers } = await https.visitor().get('/sign-in');
      expect(headers['content-security-policy']).toContain(';upgrade-insecure-requests');
      expect(headers['strict-transport-security']).toBe('max-age=31536000');
      const user = await https.addUser('Una User');
      const form = { email: user.address, password: user.password };
      const answer = await https.visitor().post('/sign-in').type('form').send(form).expect(303);
      expect(String(answer.headers['set-cookie'])).toMatch(
        /^__Host-letterbook=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      );
    } finally {
      await https.close();
    }
  });
});

describe('assets', () => {
  test('are compressed, and kept by browsers, since their addresses change with them', async () => {
    const { text } = await web.visitor().get('/sign-in');
    const urls = [...text.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)].map(([, url]) => url!);
    expect(urls.length).toBeGreaterThan(5);
    for (const url of urls) {
      const { headers } = await web.visitor().get(url).set('Accept-Encoding', 'br').expect(200);
      expect(headers).toMatchObject({
        'content-encoding': 'br',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  test('under another address there is none', async () => {
    await web.visitor().get('/assets/app.000000000000.css').expect(303);
  });
});

describe('health', () => {
  test('alive', async () => {
    const before = web.lines.length;
    ready = async () => Promise.reject(new Error('down'));
    await web.visitor().get('/healthz').expect(200, { status: 'ok' });
    expect(web.lines.length).toBe(before);
  });

  test.each([
    ['ready', 200, async () => true],
    ['unavailable', 503, async () => false],
    ['unavailable', 503, async () => Promise.reject(new Error('down'))],
    ['unavailable', 503, () => new Promise<boolean>(() => undefined)],
  ])('%s', async (answer, code, answersReady) => {
    ready = answersReady;
    await web.visitor().get('/readyz').expect(code, { status: answer });
  });
});

describe('errors', () => {
  test('no such page', async () => {
    const { text } = await admin.get('/nowhere').expect(404);
    expect(text).toContain('<title>There is no such page · Letterbook</title>');
    expect(text).not.toContain('log:');
  });

  test('what goes wrong is logged under the number that the page shows, and not shown', async () => {
    status = async () => Promise.reject(new Error('secret detail'));
    const before = web.lines.length;
    const { text } = await admin.get('/admin/status').expect(500);
    expect(text).not.toContain('secret detail');
    const id = /in the log: ([0-9a-f-]{36})/.exec(text)?.[1];
    const lines = web.lines.slice(before).map((json) => JSON.parse(json) as object);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'error',
      reqId: id,
      err: { message: 'secret detail' },
    });
  });

  test('programs get JSON', async () => {
    status = async () => Promise.reject(new Error('secret detail'));
    await admin
      .get('/admin/status')
      .set('Accept', 'application/json')
      .expect(500, { status: 500, error: 'error.unexpected' });
  });
});

describe('forms of another site', () => {
  test.each([
    ['another origin', { Origin: 'https://evil.example' }],
    ['no origin', { Origin: '' }],
    ['a hidden origin', { Origin: 'null' }],
    ['another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['a sister site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('%s: refused', async (_what, headers) => {
    const { text } = await admin.post('/sign-out').set(headers).expect(403);
    expect(text).toContain('the form was sent from another site');
    await admin.get('/admin').expect(200);
  });

  test('the host that the browser named is ours, whatever it is called', async () => {
    const user = await web.addUser('Henry Host');
    const form = { email: user.address, password: user.password };
    const host = { Host: 'server:3000', Origin: 'http://server:3000' };
    await web.visitor().post('/sign-in').set(host).type('form').send(form).expect(303);
  });
});

test('the log has the path of a request, but no query string, cookie or token', async () => {
  const before = web.lines.length;
  await admin.get('/nowhere?token=hunter2').set('Authorization', 'Bearer hunter2').expect(404);
  const lines = web.lines.slice(before);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'info',
    req: { method: 'GET', path: '/nowhere' },
    res: { status: 404 },
  });
  expect(lines[0]).not.toContain('hunter2');
});
