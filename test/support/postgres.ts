import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { inject } from 'vitest';
import { connectDatabase } from '../../src/db/connect.ts';
import { TEMPLATE } from './postgres-setup.ts';

/** A database of one test file's own, with all tables and no rows. */
export interface TestDatabase {
  readonly db: Knex;
  readonly connectionString: string;
  /** Closes `db` and removes the database, whoever is still connected to it. */
  drop(): Promise<void>;
}

/** Clones the migrated template of this run: about 50 ms. Call it in beforeAll, drop in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administrate(`create database ${name} template ${TEMPLATE}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const connectionString = url.href;
  const db = connectDatabase({ connectionString, applicationName: 'letterbook test', poolSize: 5 });
  return {
    db,
    connectionString,
    async drop() {
      await db.destroy();
      await administrate(`drop database ${name} with (force)`);
    },
  };
}

async function administrate(sql: string): Promise<void> {
  const admin = connectDatabase({
    connectionString: inject('postgresUrl'),
    applicationName: 'letterbook tests',
    poolSize: 1,
  });
  try {
    await admin.raw(sql);
  } finally {
    await admin.destroy();
  }
}
