import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connectDatabase } from '../../../src/db/connect.ts';
import { createInstallation, type Installation } from '../../support/installation.ts';
import { startRedis, type RedisServer } from '../../support/redis.ts';
import { until } from '../../support/until.ts';
import { failing, printed } from './commands.ts';

let installation: Installation;
let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
  installation = await createInstallation();
});
afterAll(async () => {
  await installation.remove();
  await redis.stop();
});

/** Where the pages are, as the log of their process says. */
function pagesOf(output: string): string {
  const url = /is ready: open (http:\S+?)"/.exec(output)?.[1];
  if (url === undefined) throw new Error(`No address is named in: ${output}`);
  return url;
}

const sessions = async () => {
  const { rows } = await installation.db.raw<{ rows: { name: string }[] }>(
    `select application_name as name from pg_stat_activity
      where datname = current_database() and application_name <> 'letterbook test'`,
  );
  return rows.map(({ name }) => name);
};

async function get(url: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, body: await response.text() };
}

describe.each([
  { role: 'start', needsRedis: false, pages: true },
  { role: 'web', needsRedis: true, pages: true },
  { role: 'worker', needsRedis: true, pages: false },
] as const)('$role', ({ role, needsRedis, pages }) => {
  test('starts, serves, and stops in good order when told to', async () => {
    const env: Record<string, string> = needsRedis ? { REDIS_URL: redis.url } : {};
    const server = await installation.serve(role, env);
    if (pages) {
      const url = pagesOf(server.output());
      expect(await get(`${url}/healthz`)).toEqual({ status: 200, body: '{"status":"ok"}' });
      expect(await get(`${url}/readyz`)).toEqual({ status: 200, body: '{"status":"ready"}' });
      // Nobody has set it up.
      expect((await get(`${url}/none`)).status).toBe(303);
      expect((await get(`${url}/set-up`)).status).toBe(200);
    }
    expect(await server.stop()).toBe(0);
    expect(server.output()).toContain('Stopped.');
    expect(server.output()).not.toMatch(/"level":"error"/);
    await until('its connections are gone', async () => (await sessions()).length === 0);
  });
});

test('two processes with a key file each do not start over one database', async () => {
  const env = { REDIS_URL: redis.url };
  const web = await installation.serve('web', env);
  expect(await web.stop()).toBe(0);
  const elsewhere = await mkdtemp(join(tmpdir(), 'letterbook-elsewhere-'));
  const other = { env: { ...env, LETTERBOOK_DATA: elsewhere } };
  expect(await failing(installation, 2, ['worker'], other)).toMatch(
    /^The other processes over this database use another key, .*LETTERBOOK_SECRET_KEY .*openssl rand/,
  );
  const key = (await readFile(join(elsewhere, 'secret-key'), 'utf8')).trim();
  const given = { ...env, LETTERBOOK_DATA: elsewhere, LETTERBOOK_SECRET_KEY: key };
  const worker = await installation.serve('worker', given);
  expect(await worker.stop()).toBe(0);
  expect(await failing(installation, 2, ['web'], { env })).toContain('use another key');
  // What runs alone has nobody to agree with.
  const all = await installation.serve('start');
  expect(await all.stop()).toBe(0);
  await rm(elsewhere, { recursive: true });
});

test('a second signal, or the interrupt key, ends it as well', async () => {
  const server = await installation.serve('start');
  server.kill('SIGINT');
  expect(await server.ended).toBe(0);
});

test('commands work beside a running server', async () => {
  const server = await installation.serve('start');
  const created = await printed(installation, [
    ...['user', 'create', '--name', 'Dana', '--email', 'dana@firm.example'],
  ]);
  expect(created).toContain('Created user 1');
  expect(await server.stop()).toBe(0);
});

test('a database that goes away makes it unready, and it comes back with the database', async () => {
  const server = await installation.serve('start');
  const url = pagesOf(server.output());
  const name = new URL(installation.connectionString).pathname.slice(1);
  await administrate(`alter database ${name} allow_connections false`);
  await administrate(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${name}' and application_name like 'letterbook start%'`,
  );
  expect((await get(`${url}/healthz`)).status).toBe(200);
  expect(await get(`${url}/readyz`)).toEqual({ status: 503, body: '{"status":"unavailable"}' });
  await administrate(`alter database ${name} allow_connections true`);
  await until('it is ready again', async () => (await get(`${url}/readyz`)).status === 200);
  expect(await server.stop()).toBe(0);
});

/** Nobody may lock out a database from within. */
async function administrate(sql: string): Promise<void> {
  const connectionString = inject('postgresUrl');
  const admin = connectDatabase({ connectionString, applicationName: 'admin', poolSize: 2 });
  try {
    await admin.raw(sql);
  } finally {
    await admin.destroy();
  }
}
