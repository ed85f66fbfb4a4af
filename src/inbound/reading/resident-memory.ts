import { readFile } from 'node:fs/promises';

/**
 * How many megabytes of memory a process occupies, buffers included; null where that can't be told,
 * which is everywhere but on Linux (proc(5)).
 */
export async function residentMemoryMb(pid: number | undefined): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8');
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
