import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isRefused } from '../../config/in-data-directory.ts';
import { DatabaseProblem } from '../database-problem.ts';
import type { Binaries } from './binaries.ts';
import type { Location } from './location.ts';
import { runProgram } from './run-program.ts';

/** The server's superuser, and the database that holds the product's tables. */
export const DATABASE_USER = 'letterbook';

/**
 * Makes the cluster unless there is one. It is made beside its place and renamed into it, so that
 * a crash halfway leaves nothing that looks like a database, and of two processes one wins.
 *
 * @throws {DatabaseProblem} when initdb fails, or the cluster is of another major version.
 * What the file system refuses is thrown as it is.
 */
export async function createCluster(location: Location, binaries: Binaries): Promise<void> {
  if (!existsSync(location.home)) {
    const draft = `${location.home}.new-${randomUUID()}`;
    try {
      await initialise(draft, location, binaries);
      await rename(draft, location.home);
    } catch (error) {
      if (!existsSync(location.home)) throw error;
    }
    await removeDrafts(location.home);
  }
  await checkVersion(location.cluster, binaries.version);
}

/** The password of DATABASE_USER, known to whoever may read the data directory. */
export function readPassword(location: Location): Promise<string> {
  return readFile(path.join(location.home, 'password'), 'utf8');
}

async function initialise(draft: string, { runAs }: Location, binaries: Binaries): Promise<void> {
  const cluster = path.join(draft, 'cluster');
  const password = path.join(draft, 'password');
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (runAs !== null) {
    await chmod(draft, 0o711);
    await chown(cluster, runAs.uid, runAs.gid);
    await chown(password, runAs.uid, runAs.gid);
  }
  const { code, output } = await runProgram(
    path.join(binaries.bin, 'initdb'),
    [
      `--pgdata=${cluster}`,
      `--username=${DATABASE_USER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      // The operating system's locales differ between machines and releases; this one never does.
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    runAs,
  );
  if (code === 0) return;
  throw new DatabaseProblem(
    `The database could not be created in ${path.dirname(draft)}: ${output.trim()}`,
  );
}

async function removeDrafts(home: string): Promise<void> {
  const prefix = `${path.basename(home)}.new-`;
  for (const name of await readdir(path.dirname(home))) {
    if (!name.startsWith(prefix)) continue;
    await rm(path.join(path.dirname(home), name), { recursive: true, force: true });
  }
}

async function checkVersion(cluster: string, version: string): Promise<void> {
  const file = path.join(cluster, 'PG_VERSION');
  const written = await readFile(file, 'utf8').catch((cause: unknown) => {
    // It may be as good as ever, for the user to whom it belongs.
    if (isRefused(cause)) throw cause;
    throw new DatabaseProblem(
      `There is no database in ${cluster} that can be read. Restore it, or move the directory away to begin with an empty one.`,
      { cause },
    );
  });
  const major = version.split('.')[0];
  if (written.trim() === major) return;
  throw new DatabaseProblem(
    `The database in ${cluster} was written by PostgreSQL ${written.trim()}, but this Letterbook brings ${version}. ` +
      `Dump it with PostgreSQL ${written.trim()}, move the directory away and restore the dump, or set DATABASE_URL.`,
  );
}
