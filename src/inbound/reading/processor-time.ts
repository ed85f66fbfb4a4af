import { readFileSync } from 'node:fs';

/** USER_HZ, which is the same on every Linux. */
const TICK_MS = 10;
/** utime and stime, counted from the field after the name (proc(5)). */
const CPU_FIELDS = [11, 12];

/**
 * Milliseconds that a process has worked; null where that can't be told, which is everywhere but on Linux.
 * Read at once: /proc is no disk, and the way by the thread pool costs more than many a mail.
 */
export function processorTimeMs(pid: number | undefined): number | null {
  try {
    const stat = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8');
    // The name, in brackets, may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return CPU_FIELDS.reduce((sum, field) => sum + Number(fields[field] ?? 0), 0) * TICK_MS;
  } catch {
    return null;
  }
}
