import type { Knex } from 'knex';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { connectDatabase } from '../../../src/db/connect.ts';
import { DatabaseProblem } from '../../../src/db/database-problem.ts';
import { migrateToLatest } from '../../../src/db/migrate.ts';
import { migrationSource } from '../../../src/db/migration-source.ts';

const NAME = 'test_migrations';
let admin: Knex;
let db: Knex;
const open: Knex[] = [];

function connect(database?: string): Knex {
  const url = new URL(inject('postgresUrl'));
  if (database !== undefined) url.pathname = `/${database}`;
  const made = connectDatabase({
    connectionString: url.href,
    applicationName: 'test',
    poolSize: 2,
  });
  open.push(made);
  return made;
}

beforeEach(async () => {
  admin = connect();
  await admin.raw(`drop database if exists ${NAME} with (force)`);
  await admin.raw(`create database ${NAME}`);
  db = connect(NAME);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.destroy()));
});

type Steps = Record<string, (db: Knex) => Promise<unknown>>;

/** Migrations that are given rather than read from files. */
function source(steps: Steps): Knex.MigrationSource<string> {
  return {
    getMigrations: async () => Object.keys(steps),
    getMigrationName: (name) => name,
    getMigration: async (name) => ({
      up: async (trx) => {
        await steps[name]!(trx);
      },
      down: async () => undefined,
    }),
  };
}

const createNumbers = (trx: Knex) => trx.raw('create table numbers (n int)');
const addOne = (trx: Knex) => trx.raw('insert into numbers values (1)');

test('the product comes up from an empty database, and is then up to date', async () => {
  const applied = await migrateToLatest(db);
  const files = await readdir(new URL('../../../migrations/', import.meta.url));
  expect(applied).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort());
  expect(await migrateToLatest(db)).toEqual([]);
});

test('each can be taken back', async () => {
  await migrateToLatest(db);
  await db.migrate.rollback({ migrationSource: migrationSource() }, true);
  const tables = await db('pg_tables').where({ schemaname: 'public' }).pluck('tablename');
  expect(tables.sort()).toEqual(['knex_migrations', 'knex_migrations_lock']);
});

test('only what is new is applied', async () => {
  await migrateToLatest(db, source({ a: createNumbers }));
  expect(await migrateToLatest(db, source({ a: createNumbers, b: addOne }))).toEqual(['b']);
});

test('several processes at once: each step is taken once, all wait for it', async () => {
  const steps: Steps = {
    a: createNumbers,
    b: async (trx) => {
      await trx.raw('select pg_sleep(0.3)');
      await addOne(trx);
    },
  };
  const processes = [db, connect(NAME), connect(NAME)];
  const applied = await Promise.all(
    processes.map(async (one) => {
      const names = await migrateToLatest(one, source(steps));
      expect(await one('numbers').pluck('n')).toEqual([1]);
      return names;
    }),
  );
  expect(applied.flat()).toEqual(['a', 'b']);
});

test('a process that was killed in a migration does not lock the next one out', async () => {
  await migrateToLatest(db, source({ a: createNumbers }));
  // What knex leaves behind then.
  await db('knex_migrations_lock').update({ is_locked: 1 });
  expect(await migrateToLatest(db, source({ a: createNumbers, b: addOne }))).toEqual(['b']);
});

test('a step that fails takes back those before it, and says why', async () => {
  const failing = (trx: Knex) => trx.raw('select no_such_column from numbers');
  const attempt = migrateToLatest(db, source({ a: createNumbers, b: failing }));
  await expect(attempt).rejects.toThrow(/no_such_column/);
  expect(await db.schema.hasTable('numbers')).toBe(false);
  expect(await migrateToLatest(db, source({ a: createNumbers, b: addOne }))).toEqual(['a', 'b']);
});

test('steps are files by name, without the time limit of pages, and what is no step is passed over', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'letterbook-migrations-'));
  const limit = `select current_setting('statement_timeout') as ms`;
  const step = `export const up = (db) => db.raw("create table limits as ${limit}");
export const down = (db) => db.raw("drop table limits");`;
  await writeFile(path.join(directory, '20260101000000_note_limit.ts'), step);
  await writeFile(path.join(directory, 'README.md'), 'Not a migration.');
  expect(await migrateToLatest(db, migrationSource(directory))).toEqual([
    '20260101000000_note_limit',
  ]);
  expect(await db('limits').pluck('ms')).toEqual(['0']);
  expect((await db.raw<{ rows: unknown[] }>(limit)).rows).toEqual([{ ms: '1min' }]);
  await rm(directory, { recursive: true });
});

describe('a database that a newer version has changed', () => {
  test('is refused in a sentence, and left alone', async () => {
    await migrateToLatest(db, source({ a: createNumbers, z: addOne }));
    const attempt = migrateToLatest(db, source({ a: createNumbers, b: addOne }));
    await expect(attempt).rejects.toThrow(DatabaseProblem);
    await expect(attempt).rejects.toThrow(/newer version of Letterbook .*\(z\)/);
    expect(await db('numbers').pluck('n')).toEqual([1]);
  });
});
