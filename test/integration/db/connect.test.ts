import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase } from '../../../src/db/connect.ts';
import { freePort } from '../../support/free-port.ts';
import { createTestDatabase } from '../../support/postgres.ts';
import type { TestDatabase } from '../../support/postgres.ts';

const PATIENT = { timeout: 30_000 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function first(sql: string): Promise<unknown> {
  const { rows } = await database.db.raw<{ rows: unknown[] }>(sql);
  return rows[0];
}

test('bigint is a number, timestamptz a Date, date a text, bytea a Buffer', async () => {
  const row = await first(
    `select 9007199254740991::bigint as big, count(*) as count, date '2026-01-02' as day,
            timestamptz '2026-01-02T03:04:05Z' as at, '\\x00ff'::bytea as bytes`,
  );
  expect(row).toEqual({
    big: 9007199254740991,
    count: 1,
    at: new Date('2026-01-02T03:04:05Z'),
    day: '2026-01-02',
    bytes: Buffer.from([0, 255]),
  });
});

test('the server knows the name of the process, and what it may take', async () => {
  const row = await first(
    `select current_setting('application_name') as name,
            current_setting('statement_timeout') as statement,
            current_setting('idle_in_transaction_session_timeout') as idle`,
  );
  expect(row).toEqual({ name: 'letterbook test', statement: '1min', idle: '20s' });
});

test('connections that break fail what is under way, and nothing after it', async () => {
  const { db } = database;
  const sleeping = db.raw('select pg_sleep(60)');
  const broken = expect(sleeping).rejects.toThrow(/terminating connection|ended unexpectedly/);
  const others = `pid <> pg_backend_pid() and datname = current_database()`;
  await expect
    .poll(
      () => first(`select 1 from pg_stat_activity where ${others} and query ~ 'sleep'`),
      PATIENT,
    )
    .toBeDefined();
  // One is at work, the other idle in the pool: both go, as when the server is restarted.
  await db.transaction(async (trx) => {
    await trx.raw(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`);
  });
  await broken;
  // Until the end of a connection has reached this process, it may still be handed out.
  await expect
    .poll(() => Promise.all([1, 2, 3, 4].map((n) => first(`select ${n} as n`))), PATIENT)
    .toEqual([1, 2, 3, 4].map((n) => ({ n })));
});

test('a server that is away is an error, and so is one that says nothing', async () => {
  const port = await freePort();
  const silent = createServer();
  const nobody = { applicationName: 'test', poolSize: 2 };
  const away = connectDatabase({ ...nobody, connectionString: `postgres://127.0.0.1:${port}/x` });
  await expect(away.raw('select 1')).rejects.toThrow(/ECONNREFUSED/);
  await away.destroy();

  silent.listen(port, '127.0.0.1');
  await once(silent, 'listening');
  const mute = connectDatabase({ ...nobody, connectionString: `postgres://127.0.0.1:${port}/x` });
  await expect(mute.raw('select 1')).rejects.toThrow(/timeout/i);
  await mute.destroy();
  silent.close();
});
