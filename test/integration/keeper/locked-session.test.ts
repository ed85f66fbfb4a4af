import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openLockedSession, type LockedSession } from '../../../src/db/locked-session.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { until } from '../../support/until.ts';
import { startDeafProxy } from './deaf-proxy.ts';

const CHILD = fileURLToPath(new URL('./lock-holder-child.ts', import.meta.url));

let database: TestDatabase;
let key = 0;
let heard: string[];
let losses: number;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  key += 1;
  heard = [];
  losses = 0;
});

async function open(connectionString = database.connectionString): Promise<LockedSession | null> {
  return await openLockedSession({
    connectionString,
    applicationName: 'letterbook keeper',
    lock: [1, key],
    channel: 'test "channel"',
    onNotification: (payload) => heard.push(payload),
    onLost: () => (losses += 1),
  });
}

const endSessions = () =>
  database.db.raw(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'letterbook keeper' and datname = current_database()`,
  );

test('one at a time has the lock, and the next one once it is released', async () => {
  const first = await open();
  expect(first?.held()).toBe(true);
  expect(await open()).toBeNull();
  await first?.release();
  expect(first?.held()).toBe(false);
  const second = await open();
  expect(second?.held()).toBe(true);
  await second?.release();
  expect(losses).toBe(0);
});

test('other keys are other locks', async () => {
  const one = await open();
  key += 1;
  const other = await open();
  expect([one?.held(), other?.held()]).toEqual([true, true]);
  await one?.release();
  await other?.release();
});

test('it hears what is said on its channel', async () => {
  const session = await open();
  await database.db.raw('select pg_notify(?, ?)', ['test "channel"', 'poll']);
  await until('it is heard', () => heard.length > 0);
  expect(heard).toEqual(['poll']);
  await session?.release();
});

test('when the server ends the session the lock is gone, and it says so once', async () => {
  const session = await open();
  await endSessions();
  await until('it is told', () => losses > 0);
  expect(session?.held()).toBe(false);
  const next = await open();
  expect(next).not.toBeNull();
  await session?.release();
  await next?.release();
  expect(losses).toBe(1);
});

test('a database that can’t be reached rejects', async () => {
  const url = new URL(database.connectionString);
  url.port = '1';
  await expect(open(url.href)).rejects.toThrow('ECONNREFUSED');
});

test('a network that swallows everything is a loss, and holds up no release', async () => {
  const proxy = await startDeafProxy(new URL(database.connectionString));
  const session = await open(proxy.url);
  expect(session?.held()).toBe(true);
  proxy.goDeaf();
  await until('the lock is not trusted', () => session?.held() === false);
  await until('it is told', () => losses > 0);
  await session?.release();
  await proxy.stop();
});

test('who is frozen loses the lock to another, and knows it when woken', async () => {
  const child = spawn(process.execPath, [CHILD, database.connectionString, String(key)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = listen(child);
  await until('the child has the lock', () => said().includes('taken'));
  expect(await open()).toBeNull();
  child.kill('SIGSTOP');
  let session: LockedSession | null = null;
  await until('the lock is free', async () => (session = await open()) !== null);
  child.kill('SIGUSR2');
  const ended = once(child, 'close');
  child.kill('SIGCONT');
  await ended;
  expect(said()).not.toMatch(/^held/m);
  expect(said()).toContain('lost');
  expect((session as LockedSession | null)?.held()).toBe(true);
  await (session as LockedSession | null)?.release();
});

function listen(child: ChildProcess): () => string {
  let said = '';
  child.stdout?.on('data', (data: Buffer) => (said += data.toString()));
  return () => said;
}
