import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../src/demo/stories/users.ts';
import { expectedLog } from '../integration/demo/expected-log.ts';
import { readLogCsv } from '../support/scenario/check-scenario.ts';
import { until } from '../support/until.ts';

const PROGRAM = 'scripts/letterbook.mjs';

/** A directory for what a demo leaves; gone after the test, and the demos with it. */
let temp: string;
let demos: ChildProcess[] = [];

beforeEach(async () => {
  temp = await mkdtemp(join(tmpdir(), 'letterbook-try-'));
  await chmod(temp, 0o755);
});

afterEach(async () => {
  for (const demo of demos) demo.kill('SIGKILL');
  demos = [];
  await rm(temp, { recursive: true, force: true });
});

test('a demo clears away an earlier one, files its mail and one’s own, and leaves nothing', async () => {
  const killed = await startDemo();
  killed.demo.kill('SIGKILL');
  await once(killed.demo, 'close');
  expect(await readdir(temp)).toHaveLength(1);

  const { demo, output } = await startDemo();
  expect(output()).toContain('Removed what an earlier demo left behind.');
  expect(await readdir(temp)).toHaveLength(1);
  expect(await postgresServers()).toHaveLength(1);
  await filesItsHistory();
  await archivesMailOfOnesOwn(urlOf(output()));
  await saysThatThePortIsTaken(urlOf(output()));

  // However often one presses Ctrl-C.
  demo.kill('SIGINT');
  demo.kill('SIGINT');
  const [code] = (await once(demo, 'close')) as [number | null];
  expect(code).toBe(0);
  expect(await readdir(temp)).toEqual([]);
  expect(await postgresServers()).toEqual([]);
});

/** The mail of the last weeks is filed as is written beside it. */
async function filesItsHistory(): Promise<void> {
  const rows = async () => readLogCsv((await run('log', '--format', 'csv')).stdout);
  await until('the history is filed', async () => {
    const filed = await rows();
    return filed.length >= 68 && filed.every(({ outcome }) => outcome !== '');
  });
  const expected = expectedLog();
  const filed = await rows();
  expect(filed.filter((row) => !expected.some((one) => isEqual(one, row)))).toEqual([]);
  // All but what is still to come, and some of that may have come.
  expect(filed.slice(0, 68)).toEqual(expected.slice(0, 68));
}

/** And shows what would have gone out. */
async function archivesMailOfOnesOwn(url: string): Promise<void> {
  const text = 'See https://hall-c.example/plan.';
  const { stdout } = await run(
    ...['demo', 'send', '--from', 'dana.kim@quayside.example', '--text', text],
    ...['--to', 'marta.nowak@kestrel-logistics.example', '--bcc', 'archive@quayside.example'],
  );
  expect(stdout).toMatch(/^Sent to marta.nowak@.*, archive@quayside.example. See it at http/);
  await run(
    ...['demo', 'send', '--from', 'nobody@else.example', '--subject', 'Who am I'],
    ...['--to', 'archive@quayside.example'],
  );
  const summary = JSON.parse((await run('poll')).stdout) as unknown;
  expect(summary).toBeTypeOf('object');
  const log = readLogCsv((await run('log', '--format', 'csv')).stdout);
  expect(log.filter(({ message_id: id }) => id?.includes('.demo@') === false)).toMatchObject([
    { outcome: 'archived', people: 'marta.nowak@kestrel-logistics.example' },
    { outcome: 'rejected', reason: 'owner-does-not-exist' },
  ]);

  let page = '';
  await until('the bounce is in the outbox', async () => {
    page = await outbox(url);
    return page.includes('Owner of the message does not exist: Who am I');
  });
  expect(page).toContain('To nobody@else.example');
  expect(page).toContain('<a href="https://hall-c.example/plan">');
}

async function saysThatThePortIsTaken(url: string): Promise<void> {
  const { stderr } = await run({ PORT: new URL(url).port }, 'demo');
  expect(stderr).toMatch(/^Port \d+ is already in use: .*\n$/);
  expect(await readdir(temp)).toHaveLength(1);
}

test('says what to do when no demo runs', async () => {
  const to = ['--from', 'a@b.example', '--to', 'archive@quayside.example'];
  const { stderr } = await run('demo', 'send', ...to);
  expect(stderr).toBe('No demo runs: start one with "npm run demo" in another terminal.\n');
});

function environment(more: Readonly<Record<string, string>> = {}) {
  // Vitest sets a BASE_URL of its own.
  return { ...process.env, TMPDIR: temp, PORT: '0', BASE_URL: '', DATABASE_URL: '', ...more };
}

/** Runs a command beside the demo, to its end. */
async function run(...given: readonly (string | Readonly<Record<string, string>>)[]) {
  const args = given.filter((one) => typeof one === 'string');
  const more = given.find((one) => typeof one !== 'string') ?? {};
  const [place = ''] = await readdir(temp);
  const env = environment({ LETTERBOOK_DATA: join(temp, place, 'data'), ...more });
  const child = spawn(process.execPath, [PROGRAM, ...args], { env });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (said.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said.stderr += data.toString()));
  await once(child, 'close');
  return said;
}

/** Resolves when the demo is ready. */
async function startDemo() {
  const demo = spawn(process.execPath, [PROGRAM, 'demo'], { env: environment() });
  demos.push(demo);
  let output = '';
  let log = '';
  demo.stdout.on('data', (data: Buffer) => (output += data.toString()));
  demo.stderr.on('data', (data: Buffer) => (log += data.toString()));
  await until('the demo is ready', () => {
    if (demo.exitCode !== null) throw new Error(`It ended: ${output}${log}`);
    return output.includes('Letterbook is ready');
  });
  return { demo, output: () => output };
}

function urlOf(text: string): string {
  return /open (http:\S+)/.exec(text)?.[1] ?? '';
}

async function outbox(url: string): Promise<string> {
  const signedIn = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: url },
    body: new URLSearchParams({ email: 'dana.kim@quayside.example', password: DEMO_PASSWORD }),
  });
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]);
  const page = await fetch(`${url}/demo/outbox`, { headers: { Cookie: cookie.join('; ') } });
  return await page.text();
}

/** The servers whose data lies in the directory of this test. */
async function postgresServers(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.filter((command) => command.includes(`${temp}/`) && command.includes('-D'));
}

function isEqual(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
