import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EnvProblem } from '../../../src/config/env.ts';
import { inDataDirectory } from '../../../src/config/in-data-directory.ts';

function failing(code: string): () => Promise<never> {
  const message = `${code}: no, open '/data/secret-key'`;
  const error = Object.assign(new Error(message), { code, path: '/data/secret-key' });
  return () => Promise.reject(error);
}

test.each([
  [
    'EACCES',
    "This system user may not use the data directory /data (EACCES: no, open '/data/secret-key'): start Letterbook as the user to whom it belongs, give this one the rights, or set LETTERBOOK_DATA to another directory.",
  ],
  ['EPERM', /start Letterbook as the user to whom it belongs/],
  [
    'EROFS',
    /^Nothing can be written to the data directory \/data .*: set LETTERBOOK_DATA to another/,
  ],
  ['EEXIST', /^The data directory can't be \/data, which is a file or lies in one: /],
  ['ENOTDIR', /^The data directory can't be \/data, which is a file or lies in one: /],
])('%s of the data directory says what to do', async (code, sentence) => {
  const done = inDataDirectory('/data', failing(code));
  await expect(done).rejects.toThrow(EnvProblem);
  await expect(done).rejects.toThrow(sentence);
});

test('what no setting mends is left as it is', async () => {
  await expect(inDataDirectory('/data', failing('ENOSPC'))).rejects.not.toThrow(EnvProblem);
  const elsewhere = inDataDirectory('/dat', failing('EACCES'));
  await expect(elsewhere).rejects.not.toThrow(EnvProblem);
  const refused = Object.assign(new Error('listen EACCES'), { code: 'EACCES' });
  await expect(inDataDirectory('/data', () => Promise.reject(refused))).rejects.toBe(refused);
});

test('the file system says so of a file, and of what lies in one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'letterbook-no-directory-'));
  const file = join(folder, 'file');
  await writeFile(file, '');
  const making = inDataDirectory(file, () => mkdir(file, { recursive: true }));
  await expect(making).rejects.toThrow(EnvProblem);
  const reading = inDataDirectory(file, () => readFile(join(file, 'secret-key')));
  await expect(reading).rejects.toThrow(EnvProblem);
  await rm(folder, { recursive: true });
});
