import { scrypt, scryptSync } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { createSecretBox, SecretBoxProblem } from '../../../src/config/secret-box.ts';

vi.mock('node:crypto', { spy: true });

const KEY = 'correct horse battery staple, and then some';
const box = createSecretBox(KEY);

test.each(['hunter2', '', 'pässwörd 密码 🔑', 'x'.repeat(10_000)])(
  'opens what it sealed',
  (secret) => {
    expect(box.open(box.seal(secret))).toBe(secret);
  },
);

test('another process with the same key opens it', () => {
  expect(createSecretBox(KEY).open(box.seal('hunter2'))).toBe('hunter2');
});

test('the key is the same whether it was prepared, is being prepared, or is not', async () => {
  const prepared = createSecretBox(KEY);
  const ready = prepared.prepare();
  const early = prepared.seal('hunter2');
  await ready;
  expect(prepared.open(early)).toBe('hunter2');

  const waited = createSecretBox(KEY);
  await waited.prepare();
  expect(box.open(waited.seal('hunter2'))).toBe('hunter2');
  expect(waited.keyFor('cookies')).toBe(box.keyFor('cookies'));
});

test('what was prepared is not derived again', async () => {
  vi.clearAllMocks();
  const prepared = createSecretBox(KEY);
  await Promise.all([prepared.prepare(), prepared.prepare()]);
  prepared.open(prepared.seal('hunter2'));
  expect(scrypt).toHaveBeenCalledTimes(1);
  expect(scryptSync).not.toHaveBeenCalled();

  const used = createSecretBox(KEY);
  used.seal('hunter2');
  await used.prepare();
  expect(scrypt).toHaveBeenCalledTimes(1);
  expect(scryptSync).toHaveBeenCalledTimes(1);
});

test('equal secrets look different and show nothing', () => {
  const sealed = box.seal('hunter2');
  expect(sealed).not.toBe(box.seal('hunter2'));
  expect(sealed).not.toContain('hunter2');
  expect(Buffer.from(sealed.split('.')[2]!, 'base64url').includes('hunter2')).toBe(false);
});

test('another key is told apart from damage', () => {
  const other = createSecretBox(`${KEY}!`);
  expect(() => other.open(box.seal('hunter2'))).toThrow(
    /encrypted under another key: start with the LETTERBOOK_SECRET_KEY/,
  );
});

test('a changed byte anywhere is noticed', () => {
  const [version, id, content] = box.seal('hunter2').split('.');
  const bytes = Buffer.from(content!, 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    const sealed = `${version!}.${id!}.${changed.toString('base64url')}`;
    expect(() => box.open(sealed)).toThrow(
      new SecretBoxProblem('A stored password is damaged: set it again.'),
    );
  }
});

test.each(['', 'hunter2', 'v1', 'v1.00000000.', 'v2.00000000.AAAA'])(
  'not a sealed secret: %s',
  (text) => {
    expect(() => box.open(text)).toThrow(SecretBoxProblem);
  },
);
