import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from './run-program.ts';
import { hasCode } from '../../shared/has-code.ts';

/** What the running server says about itself in postmaster.pid (PostgreSQL, miscinit.h). */
export interface PostmasterFile {
  readonly text: string;
  readonly pid: number;
  /** null until the server has chosen its socket. */
  readonly port: number | null;
}

const NAME = 'postmaster.pid';

/** null when there is none: no server runs, the last one ended in good order. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const text = await readFile(path.join(cluster, NAME), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (text === null) return null;
  const lines = text.split('\n');
  return { text, pid: Number(lines[0]), port: Number(lines[3] ?? '') || null };
}

/**
 * Whether the process of that file is still this cluster's server. After a crash of the machine
 * another program may have its process id, so its command line has to name the cluster too.
 */
export async function isServing(file: PostmasterFile, cluster: string): Promise<boolean> {
  if (!Number.isSafeInteger(file.pid) || file.pid <= 1) return false;
  if (!isAlive(file.pid)) return false;
  if (existsSync('/proc/self/cmdline')) {
    const command = await readFile(`/proc/${file.pid}/cmdline`, 'utf8').catch(() => '');
    return command.split('\0').includes(cluster);
  }
  // Without /proc and without ps, a process with that id has to be taken for the server.
  const args = ['-ww', '-o', 'command=', '-p', file.pid.toString()];
  const said = await runProgram('ps', args, null).catch(() => null);
  return said?.code !== 0 || said.output.includes(cluster);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Removes what a crash left behind, unless a new server has just taken its place. */
export async function removeStale(file: PostmasterFile, cluster: string): Promise<void> {
  const current = path.join(cluster, NAME);
  const aside = `${current}.${process.pid}`;
  try {
    await rename(current, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) === file.text) await rm(aside);
  else await rename(aside, current);
}

function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT');
}
