import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSecretKey } from '../../../src/config/secret-key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'letterbook-key-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

test('a given key is used and no file is made', async () => {
  expect(await readSecretKey('given '.repeat(6), folder)).toBe('given '.repeat(6));
  expect(await readdir(folder)).toEqual([]);
});

test('without one a key file is made once, for its owner alone', async () => {
  const data = join(folder, 'new', 'data');
  const key = await readSecretKey(null, data);
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect(await readSecretKey(null, data)).toBe(key);
  expect(await readdir(data)).toEqual(['secret-key']);
  expect(await modeOf(join(data, 'secret-key'))).toBe(0o600);
});

test('programs that start together get the same key', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => readSecretKey(null, folder)));
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toBe((await readFile(join(folder, 'secret-key'), 'utf8')).trim());
  expect(await readdir(folder)).toEqual(['secret-key']);
});

test('a file that others can read is closed to them', async () => {
  const key = await readSecretKey(null, folder);
  await chmod(join(folder, 'secret-key'), 0o644);
  expect(await readSecretKey(null, folder)).toBe(key);
  expect(await modeOf(join(folder, 'secret-key'))).toBe(0o600);
});

test('an empty file is not taken for a key, nor replaced', async () => {
  await writeFile(join(folder, 'secret-key'), '');
  await expect(readSecretKey(null, folder)).rejects.toThrow(/holds no key: put the file back/);
  expect(await readFile(join(folder, 'secret-key'), 'utf8')).toBe('');
});
