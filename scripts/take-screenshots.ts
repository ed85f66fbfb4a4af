import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD, users } from '../src/demo/stories/users.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { freePort } from '../test/support/free-port.ts';
import { until } from '../test/support/until.ts';

/*
 * npm run screenshots: starts the demo and takes the pictures of docs/screenshots.
 */

interface Shot {
  readonly name: string;
  readonly user: keyof typeof users;
  readonly path: string;
  /** Opens what the picture is of. */
  readonly open?: (page: Page) => Promise<void>;
  readonly theme?: 'light' | 'dark';
  readonly phone?: boolean;
}

const FOLDER = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const WIDE = { width: 1200, height: 800 };
const PHONE = { width: 360, height: 720 };
/** The demo sends the mail of its last weeks when it starts. */
const PATIENCE_SECONDS = 90;

const first = (selector: string) => async (page: Page) => {
  await page.locator(selector).first().click();
  await page.waitForLoadState('load');
};

const SHOTS: readonly Shot[] = [
  { name: 'home', user: 'dana', path: '/' },
  { name: 'data-cleanup', user: 'dana', path: '/data-cleanup' },
  { name: 'data-cleanup-dark', user: 'owen', path: '/data-cleanup', theme: 'dark' },
  { name: 'data-cleanup-phone', user: 'owen', path: '/data-cleanup', phone: true },
  {
    name: 'contact',
    user: 'amelia',
    path: '/contacts?q=marta',
    open: first('a.person-link'),
  },
  { name: 'email', user: 'amelia', path: '/emails?q=renewal', open: first('a[href^="/emails/"]') },
  { name: 'archiving', user: 'dana', path: '/admin/email/archiving' },
  { name: 'archive-log', user: 'tobias', path: '/admin/log' },
  { name: 'rejected-senders', user: 'dana', path: '/admin/rejected' },
];

const port = await freePort();
const url = `http://localhost:${port}`;
const demo = spawn('npm', ['run', 'demo'], {
  env: { ...process.env, PORT: String(port) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await launchBrowser();
try {
  await ready(demo);
  await mkdir(FOLDER, { recursive: true });
  for (const shot of SHOTS) await take(browser, shot);
} finally {
  await browser.close();
  demo.kill('SIGINT');
  await once(demo, 'exit');
}

/** The pages are there, and the mail of the last weeks is filed. */
async function ready({ stdout }: ChildProcess): Promise<void> {
  let printed = '';
  stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await until(
    'the demo is ready',
    () => Promise.resolve(printed.includes('Ctrl-C')),
    PATIENCE_SECONDS,
  );
  const page = await signIn(browser, { name: '', user: 'amelia', path: '/' });
  await until(
    'its mail is filed',
    async () => {
      await page.goto(`${url}/emails?q=renewal`);
      return (await page.locator('a[href^="/emails/"]').count()) > 0;
    },
    PATIENCE_SECONDS,
  );
  await page.context().close();
}

async function take(from: Browser, shot: Shot): Promise<void> {
  const page = await signIn(from, shot);
  await page.goto(url + shot.path);
  await shot.open?.(page);
  await page.screenshot({ path: `${FOLDER}/${shot.name}.png` });
  await page.context().close();
}

async function signIn(from: Browser, { user, theme = 'light', phone }: Shot): Promise<Page> {
  const viewport = phone === true ? PHONE : WIDE;
  const context = await from.newContext({ viewport, colorScheme: theme });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.fill('#email', users[user].address);
  await page.fill('#password', DEMO_PASSWORD);
  await page.click('form[action="/sign-in"] button');
  await page.waitForURL(`${url}/`);
  return page;
}
