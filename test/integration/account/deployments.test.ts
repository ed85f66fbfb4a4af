import { createServer, request, type IncomingMessage, type Server } from 'node:http';

import { createServer as createTlsServer, request as tlsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { setUpToken } from '../../../src/users/set-up-token.ts';
import { selfSignedCertificate } from '../../support/self-signed-certificate.ts';
import { startTestWeb, type TestWeb } from '../../support/web.ts';

/*
 * The three ways in which people reach the pages, over real sockets: set up, sign out, sign in again,
 * as a browser does it that is told no more than it would be there.
 */

const PASSWORD = 'lantern gravel ostrich piano';

interface Way {
  readonly name: string;
  readonly baseUrl: string;
  /** What the browser's address bar begins with. */
  readonly origin: string;
  readonly proxy: boolean;
  readonly cookie: RegExp;
  /** Fetch metadata is sent over TLS and on localhost only. */
  readonly fetchMetadata: boolean;
}

const WAYS: readonly Way[] = [
  {
    name: 'on this machine',
    baseUrl: 'http://localhost:3000',
    origin: 'http://localhost:3000',
    proxy: false,
    cookie: /^letterbook=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    fetchMetadata: true,
  },
  {
    name: 'by the name of the server, without TLS',
    baseUrl: 'http://localhost:3000',
    origin: 'http://server:3000',
    proxy: false,
    cookie: /^letterbook=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    fetchMetadata: false,
  },
  {
    name: 'behind a proxy that speaks TLS',
    baseUrl: 'https://crm.example',
    origin: 'https://crm.example',
    proxy: true,
    cookie: /^__Host-letterbook=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    fetchMetadata: true,
  },
];

test.each(WAYS)('$name', async (way) => {
  const web = await startTestWeb({ baseUrl: way.baseUrl, trustProxy: way.proxy ? 1 : false });
  const server = await listen(createServer(web.app));
  const front = way.proxy ? await startProxy(portOf(server)) : server;
  try {
    await walk(web, way, portOf(front));
  } finally {
    if (front !== server) await close(front);
    await close(server);
    await web.close();
  }
});

async function walk(web: TestWeb, way: Way, port: number): Promise<void> {
  const browser = new Browser(way, port);
  expect(await browser.get('/')).toMatchObject({ status: 303, location: '/set-up' });
  const token = await setUpToken(web.deps);
  const form = {
    token,
    name: 'Dana Roe',
    email: 'dana@northquay.example',
    password: PASSWORD,
    organisation: 'North Quay',
    timeZone: 'UTC',
  };
  expect(await browser.post('/set-up', form)).toMatchObject({ status: 303, location: '/' });
  expect(browser.setCookie).toMatch(way.cookie);
  const home = await browser.get('/');
  expect(home.status).toBe(200);
  const asset = /href="(\/assets\/app[^"]+)"/.exec(home.text)?.[1] ?? '';
  expect((await browser.get(asset)).status).toBe(200);
  const upgrades = home.csp.includes('upgrade-insecure-requests');
  expect(upgrades).toBe(way.baseUrl.startsWith('https:'));

  expect((await browser.post('/sign-out', {})).location).toBe('/sign-in');
  expect((await browser.get('/')).location).toBe('/sign-in');
  const { email, password } = form;
  expect(await browser.post('/sign-in', { email, password })).toMatchObject({
    status: 303,
    location: '/',
  });
  expect((await browser.get('/')).status).toBe(200);

  const evil = new Browser({ ...way, origin: 'https://evil.example' }, port, 'cross-site');
  expect((await evil.post('/sign-in', { email, password })).status).toBe(403);
  await onlyTheProxyNamesAddresses(way, port, email);
}

/** A visitor who invents an X-Forwarded-For for each try is still the one that the proxy saw. */
async function onlyTheProxyNamesAddresses(way: Way, port: number, email: string): Promise<void> {
  const answers: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    const browser = new Browser(way, port);
    browser.forwardedFor = `192.0.2.${n}`;
    answers.push((await browser.post('/sign-in', { email, password: 'wrong' })).status);
  }
  expect(answers.slice(-2)).toEqual([429, 429]);
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly csp: string;
  readonly text: string;
}

class Browser {
  setCookie = '';
  forwardedFor: string | null = null;
  readonly #way: Way;
  readonly #port: number;
  readonly #site: string;

  constructor(way: Way, port: number, site = 'same-origin') {
    this.#way = way;
    this.#port = port;
    this.#site = site;
  }

  async get(path: string): Promise<Answer> {
    return await this.#ask('GET', path, null);
  }

  async post(path: string, form: Readonly<Record<string, string>>): Promise<Answer> {
    return await this.#ask('POST', path, new URLSearchParams(form).toString());
  }

  async #ask(method: string, path: string, body: string | null): Promise<Answer> {
    const { origin, proxy, fetchMetadata, baseUrl } = this.#way;
    const host = new URL(this.#site === 'same-origin' ? origin : baseUrl).host;
    const headers = {
      Host: host,
      Accept: 'text/html',
      ...(this.setCookie === '' ? {} : { Cookie: this.setCookie.split(';')[0]! }),
      ...(this.forwardedFor === null ? {} : { 'X-Forwarded-For': this.forwardedFor }),
      ...(fetchMetadata ? { 'Sec-Fetch-Site': this.#site } : {}),
      ...(body === null
        ? {}
        : { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' }),
    };
    const options = { host: '127.0.0.1', port: this.#port, method, path, headers };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asking = proxy
        ? tlsRequest({ ...options, rejectUnauthorized: false }, resolve)
        : request(options, resolve);
      asking.on('error', reject).end(body ?? undefined);
    });
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    const [cookie] = answer.headers['set-cookie'] ?? [];
    if (cookie !== undefined) this.setCookie = cookie;
    return {
      status: answer.statusCode ?? 0,
      location: answer.headers.location,
      csp: String(answer.headers['content-security-policy']),
      text,
    };
  }
}

/** Speaks TLS to the visitor and HTTP to the program, and adds what proxies add. */
async function startProxy(port: number): Promise<Server> {
  const proxy = createTlsServer(await selfSignedCertificate(), (req, res) => {
    const before = req.headers['x-forwarded-for'];
    const seen = req.socket.remoteAddress ?? '';
    const headers = {
      ...req.headers,
      host: 'internal:3000',
      'x-forwarded-host': req.headers.host,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': before === undefined ? seen : `${String(before)}, ${seen}`,
    };
    const onward = { host: '127.0.0.1', port, method: req.method, path: req.url, headers };
    const asking = request(onward, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    asking.on('error', () => res.destroy());
    req.pipe(asking);
  });
  return await listen(proxy);
}

async function listen<S extends Server>(server: S): Promise<S> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
