import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseProblem } from '../database-problem.ts';
import { runProgram } from './run-program.ts';
import type { RunAs } from './run-program.ts';

/** Where the database lives and as whom its server runs. */
export interface Location {
  /** Password, last port, log of starts; and the cluster. */
  readonly home: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly runAs: RunAs;
  /** Whether that is not in the product's data directory. */
  readonly elsewhere: boolean;
}

/** For root: where an unprivileged user can go whatever the mode of root's own directories. */
export const SHARED_DIR = '/var/lib/letterbook';

/**
 * The database lives in `dataDir`. PostgreSQL refuses to run as root, though, so for root it runs
 * as another user; where that one may not enter `dataDir`, the database lives under
 * /var/lib/letterbook and a file in `dataDir` names the place, so that it follows the data
 * directory and not its path.
 */
export async function locateDatabase(dataDir: string): Promise<Location> {
  await mkdir(dataDir, { recursive: true });
  const base = await realpath(dataDir);
  if (process.getuid?.() !== 0) return locationIn(base, null);

  const pointer = path.join(base, 'postgres-location');
  const named = await readOptional(pointer);
  if (named !== null) return locationNamed(named, pointer);
  const here = locationIn(base, (await ownerOf(base)) ?? (await unprivilegedUser()));
  if (await canEnter(base, here.runAs)) return here;
  return locationNamed(await claimSharedDir(pointer), pointer);
}

function locationIn(base: string, runAs: RunAs, elsewhere = false): Location {
  const home = path.join(base, 'postgres');
  return { home, cluster: path.join(home, 'cluster'), runAs, elsewhere };
}

async function locationNamed(base: string, pointer: string): Promise<Location> {
  if ((await stat(base).catch(() => null)) === null) {
    throw new DatabaseProblem(
      `The database is in ${base}, says ${pointer}, but that is gone. Restore it, or delete ${pointer} to begin with an empty one.`,
    );
  }
  return locationIn(base, (await ownerOf(base)) ?? (await unprivilegedUser()), true);
}

/** A directory that every user may enter, whatever the umask. */
export async function makeOpenDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
}

async function claimSharedDir(pointer: string): Promise<string> {
  const base = path.join(SHARED_DIR, randomUUID());
  await makeOpenDirectory(SHARED_DIR);
  await makeOpenDirectory(base);
  const draft = `${pointer}.${randomUUID()}`;
  await writeFile(draft, base);
  try {
    await link(draft, pointer);
    return base;
  } catch (error) {
    const first = await readOptional(pointer);
    if (first === null) throw error;
    await rm(base, { recursive: true });
    return first;
  } finally {
    await rm(draft);
  }
}

/** A cluster keeps the user it was made for, whoever is installed on the machine later. */
async function ownerOf(base: string): Promise<RunAs> {
  const { cluster } = locationIn(base, null);
  const found = await stat(cluster).catch(() => null);
  if (found === null) return null;
  if (found.uid !== 0) return { uid: found.uid, gid: found.gid };
  throw new DatabaseProblem(
    `${cluster} belongs to root, as whom PostgreSQL does not run. Run: chown -R nobody ${cluster}`,
  );
}

async function unprivilegedUser(): Promise<RunAs> {
  const accounts = await readOptional('/etc/passwd');
  for (const name of ['postgres', 'nobody']) {
    const match = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(accounts ?? '');
    if (match) return { uid: Number(match[1]), gid: Number(match[2]) };
  }
  throw new DatabaseProblem(
    'PostgreSQL does not run as root and there is no user "postgres" or "nobody" to run it as. ' +
      'Run Letterbook as another user, or set DATABASE_URL to a PostgreSQL of yours.',
  );
}

async function canEnter(dir: string, runAs: RunAs): Promise<boolean> {
  const { code } = await runProgram('/bin/sh', ['-c', 'cd -- "$1"', 'sh', dir], runAs);
  // Ctrl-C reaches it as well, and says nothing of the directory: the database would be elsewhere for good.
  if (code === null) throw new Error(`The look into ${dir} was cut off: try again.`);
  return code === 0;
}

async function readOptional(file: string): Promise<string | null> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}
