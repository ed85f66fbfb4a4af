import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityProblems, type TestSite } from './browser.ts';
import type { TestUser } from './web.ts';

/** A page in one of its states, to be looked at in every size and theme. */
export interface Sight {
  /** Of the screenshots: "log-empty". */
  readonly name: string;
  readonly path: string;
  /** null: nobody is signed in. */
  readonly user: TestUser | null;
  /** Brings the page into the state that is meant, by clicks as a person would, on a phone. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** The narrow ones first: what can be prepared on a phone can be prepared anywhere. */
const LOOKS = [
  { width: 360, theme: 'light' },
  { width: 360, theme: 'dark' },
  { width: 1360, theme: 'dark' },
  { width: 1360, theme: 'light' },
] as const;
type Look = (typeof LOOKS)[number];
const HEIGHT = 900;
/** Where screenshots are kept, for people to look at; none are made without it. */
const SHOTS = process.env.LETTERBOOK_SHOTS;

/** What axe finds by colours. All else it finds in one theme as in the other, but not in another
 * width, which shows and hides parts of a page. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** A program for the page: how much wider it is than its window. */
const SCROLLS_BY = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** A program for the page: ends the changes of colour that another theme or width began. An end may
 * begin others, in what inherits the colour. */
const END_TRANSITIONS = `for (let moving = [1]; moving.length > 0; ) {
  moving = document.getAnimations().filter((one) => one instanceof CSSTransition);
  for (const one of moving) one.finish();
}`;

/** A window and what its page does that it must not. */
interface Window {
  readonly page: Page;
  readonly watched: string[];
}
/** One for each user of a site, and one for visitors: opening it costs more than looking. */
const windows = new WeakMap<TestSite, Map<number | null, Window>>();

/**
 * Looks at a page at 360 and 1360 px, light and dark: what breaks WCAG 2.2 AA, scrolls sideways,
 * breaks the page's own policy, fails in a script, or asks another host for anything, a line each.
 * [] is as it should be. The page is loaded once; its size and theme change as they do on a desk.
 */
export async function lookAt(
  site: TestSite,
  { name, path, user, prepare }: Sight,
): Promise<string[]> {
  const { page, watched } = await windowOf(site, user);
  const problems: string[] = [];
  try {
    await page.goto(site.url + path);
    await prepare?.(page);
    for (const [index, look] of LOOKS.entries()) {
      const sameWidth = look.width === LOOKS[index - 1]?.width;
      watched.push(...(await lookOnce(page, look, name, sameWidth ? RULES_OF_COLOUR : undefined)));
      const { width, theme } = look;
      problems.push(...watched.splice(0).map((one) => `${name} ${width} ${theme}: ${one}`));
    }
    return problems;
  } catch (error) {
    // Whoever looks again begins anew.
    windows.get(site)?.delete(user?.id ?? null);
    await page.context().close();
    throw error;
  }
}

/** Narrow and light, as it was opened; visitors have no cookies from an earlier sight. */
async function windowOf(site: TestSite, user: TestUser | null): Promise<Window> {
  const { width, theme } = LOOKS[0];
  const known = windows.get(site) ?? new Map<number | null, Window>();
  windows.set(site, known);
  const old = known.get(user?.id ?? null);
  if (old) {
    await old.page.setViewportSize({ width, height: HEIGHT });
    await old.page.emulateMedia({ colorScheme: theme });
    if (user === null) await old.page.context().clearCookies();
    return old;
  }
  const page = await site.open(user, { viewport: { width, height: HEIGHT }, colorScheme: theme });
  const opened = { page, watched: watch(page, site.url) };
  known.set(user?.id ?? null, opened);
  return opened;
}

async function lookOnce(
  page: Page,
  { width, theme }: Look,
  name: string,
  rules: readonly string[] | undefined,
): Promise<string[]> {
  const problems: string[] = [];
  await page.setViewportSize({ width, height: HEIGHT });
  await page.emulateMedia({ colorScheme: theme });
  await page.waitForSelector(`html[data-bs-theme=${theme}]`);
  await page.evaluate(END_TRANSITIONS);
  if (SHOTS !== undefined) {
    await mkdir(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}-${width}-${theme}.png`), fullPage: true });
  }
  const wider = await page.evaluate<number>(SCROLLS_BY);
  if (wider > 0) problems.push(`scrolls sideways by ${wider} px`);
  problems.push(...(await accessibilityProblems(page, rules)));
  return problems;
}

/** Collects what a page does that it must not; the list grows as the page lives. */
export function watch(page: Page, url: string): string[] {
  const problems: string[] = [];
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${url}/`) && !/^(data|blob|about):/.test(asked)) {
      problems.push(`asks ${asked}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`gets ${response.status()} from ${response.url()}`);
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) problems.push(message.text());
  });
  page.on('pageerror', (error) => {
    problems.push(`script fails: ${error.message}`);
  });
  page.on('dialog', (dialog) => {
    problems.push(`opens a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return problems;
}
