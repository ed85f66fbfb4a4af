import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findProgram } from './debian-packages.ts';
import { startTestWeb, type TestUser, type TestWeb } from './web.ts';

/** Debian's Chromium; it asks no other host for anything. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await findProgram('chromium-headless-shell'),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** The web application on a port of loopback, and a browser to look at it with. */
export interface TestSite extends TestWeb {
  readonly url: string;
  readonly browser: Browser;
  /** A window in which that user is signed in; null: nobody is. */
  open(user: TestUser | null, options?: BrowserContextOptions): Promise<Page>;
}

export async function startTestSite(
  changes: Parameters<typeof startTestWeb>[0] = {},
): Promise<TestSite> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const web = await startTestWeb({ baseUrl: url, ...changes });
  server.on('request', web.app);
  const browser = await launchBrowser();
  return {
    ...web,
    url,
    browser,
    async open(user, options) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      if (user) await signInWith(page, url, user);
      return page;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await web.close();
    },
  };
}

async function signInWith(page: Page, url: string, user: TestUser): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill('#email', user.address);
  await page.fill('#password', user.password);
  await page.click('form[action="/sign-in"] button');
  await page.waitForURL(`${url}/`);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What breaks WCAG 2.2 A and AA on a page, a line each; [] is as it should be.
 * @param rules the only ones of axe to be asked; without it every one of those standards
 */
export async function accessibilityProblems(
  page: Page,
  rules?: readonly string[],
): Promise<string[]> {
  // Evaluated by the debugger, not loaded by the page, whose policy would refuse it.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  return await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run({ runOnly: only });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${String(node.target)}: ${node.failureSummary}`),
    );
  }, runOnly);
}
