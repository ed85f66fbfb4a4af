import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../shared/has-code.ts';

const FILE_NAME = 'secret-key';
const SHORTEST_KEY = 32;

/**
 * The text that secrets are encrypted under: `given` where there is one, else the content of the
 * file `secret-key` in the data directory, which is made (mode 0600) when it is missing. Programs
 * that start at the same time get the same key.
 *
 * @throws Error with a sentence when the file is there but holds no key.
 */
export async function readSecretKey(given: string | null, dataDirectory: string): Promise<string> {
  if (given !== null) return given;
  const path = join(dataDirectory, FILE_NAME);
  const key = (await readIfThere(path)) ?? (await createKeyFile(path, dataDirectory));
  if (key.length >= SHORTEST_KEY) return key;
  throw new Error(
    `${path} holds no key: put the file back from a backup, or delete it and set all passwords again.`,
  );
}

async function createKeyFile(path: string, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeDurably(draft, randomBytes(32).toString('base64'));
    // A link never replaces: of several programs starting at once, one makes the key, all read it.
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    // A copy from a backup may have become readable for everybody.
    await chmod(path, 0o600);
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
