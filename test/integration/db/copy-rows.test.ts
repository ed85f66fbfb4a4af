import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { copyRows, type CopyValue } from '../../../src/db/copy-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const COLUMNS = ['id', 'small', 'words', 'bytes'];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.raw(
    `create table things (id bigint primary key, small integer not null check (small <> 13),
                          words text not null, bytes bytea not null)`,
  );
});
beforeEach(async () => {
  await database.db.raw('truncate things');
});
afterAll(() => database.drop());

function row(id: number, small: number, words: string, bytes: Buffer): CopyValue[] {
  return [
    { type: 'bigint', value: id },
    { type: 'integer', value: small },
    { type: 'text', value: words },
    { type: 'bytea', value: bytes },
  ];
}

async function copy(...rows: CopyValue[][]): Promise<void> {
  await database.db.transaction((trx) => copyRows(trx, 'things', COLUMNS, rows));
}

async function all(): Promise<object[]> {
  const { rows } = await database.db.raw<{ rows: object[] }>('select * from things order by id');
  return rows;
}

test('writes what an insert would have written', async () => {
  const bytes = [Buffer.alloc(0), randomBytes(3), randomBytes(3_000_000)] as const;
  await copy(
    row(1, -1, '', bytes[0]),
    row(2 ** 53 - 1, 2 ** 31 - 1, 'Grüße\t\\N\n', bytes[1]),
    row(2, -(2 ** 31), '日本', bytes[2]),
  );
  expect(await all()).toEqual([
    { id: 1, small: -1, words: '', bytes: bytes[0] },
    { id: 2, small: -(2 ** 31), words: '日本', bytes: bytes[2] },
    { id: 2 ** 53 - 1, small: 2 ** 31 - 1, words: 'Grüße\t\\N\n', bytes: bytes[1] },
  ]);
});

test('writes nothing for no rows', async () => {
  await copy();
  expect(await all()).toEqual([]);
});

test('is part of its transaction', async () => {
  const undone = database.db.transaction(async (trx) => {
    await copyRows(trx, 'things', COLUMNS, [row(1, 1, 'one', Buffer.from('1'))]);
    throw new Error('thought better of it');
  });
  await expect(undone).rejects.toThrow('thought better of it');
  expect(await all()).toEqual([]);
});

test.each([
  ['breaks a constraint', [row(1, 13, 'one', randomBytes(500_000))], '23514'],
  ['is there already', [row(1, 1, '', randomBytes(9)), row(1, 1, '', randomBytes(9))], '23505'],
  ['has a text that is none', [row(1, 1, 'a\0b', Buffer.alloc(1))], '22021'],
])(
  'rejects with the code of the server when a row %s, and all is as before',
  async (_, rows, code) => {
    const many = Array.from({ length: 30 }, (_one, n) =>
      row(100 + n, 1, 'x', randomBytes(200_000)),
    );
    await expect(copy(...rows, ...many)).rejects.toMatchObject({ code });
    await copy(row(7, 1, 'later', Buffer.from('7')));
    expect(await all()).toMatchObject([{ id: 7 }]);
  },
);

test('rejects when the connection is cut in the middle, and the next one works', async () => {
  const cut = database.db.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: { pid: number }[] }>('select pg_backend_pid() as pid');
    const many = Array.from({ length: 50 }, (_one, n) => row(n, 1, 'x', randomBytes(1_000_000)));
    await Promise.all([
      copyRows(trx, 'things', COLUMNS, many),
      database.db.raw('select pg_terminate_backend(?)', [rows[0]!.pid]),
    ]);
  });
  await expect(cut).rejects.toThrow();
  await copy(row(7, 1, 'later', Buffer.from('7')));
  expect(await all()).toMatchObject([{ id: 7 }]);
});
