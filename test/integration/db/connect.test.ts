import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/postgres.ts';
import type { TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('bigint is a number, timestamptz a Date, date a text', async () => {
  const { rows } = await database.db.raw<{ rows: object[] }>(
    `select 9007199254740991::bigint as big, timestamptz '2026-01-02T03:04:05Z' as at, date '2026-01-02' as day`,
  );
  expect(rows).toEqual([
    { big: 9007199254740991, at: new Date('2026-01-02T03:04:05Z'), day: '2026-01-02' },
  ]);
});
