import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isServing, readPostmasterFile } from '../../src/db/embedded/postmaster-file.ts';

/** A data directory that the embedded server's user may enter; remove() ends its server too. */
export interface DataDirectory {
  readonly dir: string;
  readonly cluster: string;
  /** The process id of the server that runs there, or null. */
  serverPid(): Promise<number | null>;
  remove(): Promise<void>;
}

export async function makeDataDirectory(): Promise<DataDirectory> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'letterbook-data-'));
  await chmod(dir, 0o755);
  const cluster = path.join(dir, 'postgres', 'cluster');
  return {
    dir,
    cluster,
    serverPid: () => serverPid(dir),
    async remove() {
      const pid = await serverPid(dir);
      if (pid !== null) await endServer(pid);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The process id of the server of a data directory, or null when none runs. */
export async function serverPid(dataDir: string): Promise<number | null> {
  const cluster = path.join(dataDir, 'postgres', 'cluster');
  const file = await readPostmasterFile(cluster);
  return file !== null && (await isServing(file, cluster)) ? file.pid : null;
}

/** Kills the server outright, as a machine that runs out of memory does, and waits until it is gone. */
export async function endServer(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  while (isRunning(pid)) await sleep(20);
}

/** A zombie, whose parent has not asked for it yet, has ended. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return process.platform !== 'linux';
  }
}
