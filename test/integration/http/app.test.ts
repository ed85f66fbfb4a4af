import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { createApp, type AppDeps } from '../../../src/app.ts';
import { createLogger } from '../../../src/config/logger.ts';
import { NOT_CONFIGURED, statusView } from '../../support/status-view.ts';

function start(changes: Partial<AppDeps> = {}) {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line: string) => void lines.push(line) });
  const app = createApp({
    status: async () => statusView(),
    ready: async () => true,
    baseUrl: 'http://letterbook.example:3000',
    trustProxy: false,
    log,
    production: false,
    ...changes,
  });
  return { client: request(app), lines };
}

const asBrowser = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the status page', () => {
  test('says what runs and what became of the mail', async () => {
    const { client } = start();
    const { text } = await client
      .get('/')
      .expect(200)
      .expect('Content-Type', /html; charset=utf-8/);
    expect(text).toContain('<title>Status · Letterbook</title>');
    expect(text).toContain('PostgreSQL of its own in ./data');
    expect(text).toContain('Jobs stay inside this one process.');
    expect(text).toContain('archive@company.example at imap.company.example, folder INBOX');
    expect(text).toContain(
      '<time datetime="2026-03-29T01:30:05.120Z">2026-03-29 01:30:05 UTC</time>',
    );
    expect(text).toMatch(/Archived<\/dt>\s*<dd>1,234</);
    expect(text).toMatch(/Waiting<\/dt>\s*<dd>3</);
    expect(text).not.toContain('Next step');
  });

  test('shows the next step while there is no mailbox', async () => {
    const { client } = start({ status: async () => statusView({ mailbox: NOT_CONFIGURED }) });
    const { text } = await client.get('/').expect(200);
    expect(text).toContain('No archive mailbox is set up');
    expect(text).toContain('npm run -s letterbook -- mailbox set');
    expect(text).not.toContain('Last poll');
  });

  test('shows a problem in words', async () => {
    const mailbox = {
      ...statusView().mailbox,
      problem: 'Sign-in failed: set it again.',
      lastPollAt: null,
    };
    const { client } = start({ status: async () => statusView({ mailbox }) });
    const { text } = await client.get('/').expect(200);
    expect(text).toContain('Needs attention');
    expect(text).toContain('Sign-in failed: set it again.');
    expect(text).toMatch(/Last poll:\s+not yet/);
  });

  test('escapes what it shows', async () => {
    const { client } = start({ status: async () => statusView({ database: '<img src=x>' }) });
    const { text } = await client.get('/').expect(200);
    expect(text).toContain('&lt;img src=x&gt;');
    expect(text).not.toContain('<img src=x>');
  });

  test('has no script and no inline style, and asks no other host', async () => {
    const { text } = await start().client.get('/');
    expect(text).not.toMatch(/<script|<style|\sstyle=|\son\w+=|https?:\/\//);
  });

  test('is drawn alike in production', async () => {
    const { text } = await start().client.get('/');
    const { client } = start({ production: true });
    expect((await client.get('/')).text).toBe(text);
    expect((await client.get('/')).text).toBe(text);
  });
});

describe('headers', () => {
  test('over plain HTTP nothing asks for https', async () => {
    const { headers } = await start().client.get('/');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
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

  test('where people come by https, browsers are held to it', async () => {
    const { headers } = await start({ baseUrl: 'https://crm.example' }).client.get('/');
    expect(headers['content-security-policy']).toContain(';upgrade-insecure-requests');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test.each(['/app.css', '/favicon.svg', '/locales/en.json'])('%s is served', async (path) => {
    const { headers } = await start().client.get(path).expect(200);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('health', () => {
  test('alive', async () => {
    const { client, lines } = start({ ready: async () => Promise.reject(new Error('down')) });
    await client.get('/healthz').set(asBrowser).expect(200, { status: 'ok' });
    expect(lines).toEqual([]);
  });

  test.each([
    ['ready', 200, async () => true],
    ['unavailable', 503, async () => false],
    ['unavailable', 503, async () => Promise.reject(new Error('down'))],
    ['unavailable', 503, () => new Promise<boolean>(() => undefined)],
  ])('%s', async (status, code, ready) => {
    await start({ ready }).client.get('/readyz').expect(code, { status });
  });
});

describe('errors', () => {
  const failing = { status: async () => Promise.reject(new Error('secret detail')) };

  test('no such page', async () => {
    const { client } = start();
    const { text } = await client.get('/nowhere').set(asBrowser).expect(404);
    expect(text).toContain('<title>There is no such page · Letterbook</title>');
    expect(text).not.toContain('log:');
  });

  test('what goes wrong is logged under the number that the page shows, and not shown', async () => {
    const { client, lines } = start(failing);
    const { text } = await client.get('/').set(asBrowser).expect(500);
    expect(text).not.toContain('secret detail');
    const id = /in the log: ([0-9a-f-]{36})/.exec(text)?.[1];
    const line = lines.map((json) => JSON.parse(json) as { level: string; reqId: string });
    expect(line).toHaveLength(1);
    expect(line[0]).toMatchObject({
      level: 'error',
      reqId: id,
      err: { message: 'secret detail' },
    });
  });

  test('programs get JSON', async () => {
    const { client } = start(failing);
    await client
      .get('/')
      .set('Accept', 'application/json')
      .expect(500, { status: 500, error: 'error.unexpected' });
    await client
      .post('/healthz')
      .set(asBrowser)
      .expect(404, { status: 404, error: 'error.notFound' });
  });
});

test('the log has the path of a request, but no query string, cookie or token', async () => {
  const { client, lines } = start();
  await client
    .get('/nowhere?token=hunter2')
    .set('Cookie', 'sid=hunter2')
    .set('Authorization', 'Bearer hunter2');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'info',
    req: { method: 'GET', path: '/nowhere' },
    res: { status: 404 },
  });
  expect(lines[0]).not.toContain('hunter2');
});
