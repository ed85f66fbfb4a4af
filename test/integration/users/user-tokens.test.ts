import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../../src/users/create-user.ts';
import {
  consumeUserToken,
  createUserToken,
  findUserToken,
  voidPasswordTokens,
  type TokenKind,
  type TokenSubject,
} from '../../../src/users/user-token-store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let db: Knex;
let userId: number;
let addressIds: number[];

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  const email = 'una@northquay.example';
  const made = await createUser(db, { name: 'Una User', email, groups: [], passwordHash: null });
  if (made.kind !== 'created') throw new Error('taken');
  userId = made.userId;
  const rows = await db('user_addresses')
    .insert(
      ['new@una.example', 'other@una.example'].map((address) => ({ user_id: userId, address })),
    )
    .returning('id');
  addressIds = rows.map(({ id }) => id);
});

afterAll(async () => {
  await database.drop();
});

const make = (subject: TokenSubject) => db.transaction((trx) => createUserToken(trx, subject));
const consume = (kind: TokenKind, token: string) =>
  db.transaction((trx) => consumeUserToken(trx, kind, token));
const stateOf = async (kind: TokenKind, token: string) =>
  (await findUserToken(db, kind, token)).state;

test.each([
  ['invitation', '7 days', 'una@northquay.example'],
  ['password-reset', '2 hours', 'una@northquay.example'],
  ['address', '3 days', 'new@una.example'],
] as const)('%s works for %s, once, for its kind only', async (kind, life, address) => {
  const addressId = addressIds[0]!;
  const subject = kind === 'address' ? { kind, userId, addressId } : { kind, userId };
  const token = await make(subject);
  const expected = { state: 'valid', userId, name: 'Una User', address };
  expect(await findUserToken(db, kind, token)).toMatchObject(expected);
  for (const other of ['invitation', 'password-reset', 'address'] as const) {
    if (other !== kind) expect(await consume(other, token)).toEqual({ state: 'unknown' });
  }
  expect(await consume(kind, token)).toMatchObject(expected);
  expect(await consume(kind, token)).toEqual({ state: 'used' });

  const late = await make(subject);
  await db.raw(
    `update user_tokens set expires_at = expires_at - ?::interval where used_at is null`,
    [life],
  );
  expect(await stateOf(kind, late)).toBe('expired');
  expect(await consume(kind, late)).toEqual({ state: 'expired' });
});

test('the database does not hold what is in the link', async () => {
  const token = await make({ kind: 'invitation', userId });
  const rows: unknown = await db('user_tokens').select();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(JSON.stringify(rows)).not.toContain(token);
  const { rows: found } = await db.raw<{ rows: unknown[] }>(
    'select from user_tokens where token_hash = ?',
    [Buffer.from(token)],
  );
  expect(found).toEqual([]);
});

test('a newer one voids the older of its kind, and no other', async () => {
  const [first, second] = addressIds as [number, number];
  const old = await make({ kind: 'password-reset', userId });
  const invitation = await make({ kind: 'invitation', userId });
  const address = await make({ kind: 'address', userId, addressId: first });
  const otherAddress = await make({ kind: 'address', userId, addressId: second });
  const renewed = await make({ kind: 'password-reset', userId });
  expect(await stateOf('password-reset', old)).toBe('used');
  expect(await stateOf('password-reset', renewed)).toBe('valid');
  expect(await stateOf('invitation', invitation)).toBe('valid');
  expect(await stateOf('address', address)).toBe('valid');
  expect(await stateOf('address', otherAddress)).toBe('valid');
  await db.transaction((trx) => voidPasswordTokens(trx, userId));
  expect(await stateOf('password-reset', renewed)).toBe('used');
  expect(await stateOf('invitation', invitation)).toBe('used');
  expect(await stateOf('address', address)).toBe('valid');
});

test('of many who use one at once, one succeeds', async () => {
  const token = await make({ kind: 'password-reset', userId });
  const results = await Promise.all(
    Array.from({ length: 4 }, () => consume('password-reset', token)),
  );
  expect(results.map(({ state }) => state).sort()).toEqual(['used', 'used', 'used', 'valid']);
});

test('of many made at once, one is valid', async () => {
  const tokens = await Promise.all(
    Array.from({ length: 4 }, () => make({ kind: 'invitation', userId })),
  );
  const states = await Promise.all(tokens.map((token) => stateOf('invitation', token)));
  expect(states.sort()).toEqual(['used', 'used', 'used', 'valid']);
});

test('what fails afterwards gives the token back', async () => {
  const token = await make({ kind: 'invitation', userId });
  const failing = db.transaction(async (trx) => {
    await consumeUserToken(trx, 'invitation', token);
    throw new Error('later');
  });
  await expect(failing).rejects.toThrow('later');
  expect(await stateOf('invitation', token)).toBe('valid');
});

test('a deactivated user has none', async () => {
  const token = await make({ kind: 'invitation', userId });
  await db('users').where({ id: userId }).update({ disabled_at: db.fn.now() });
  expect(await consume('invitation', token)).toEqual({ state: 'unknown' });
});
