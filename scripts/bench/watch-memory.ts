import { readdirSync, readFileSync } from 'node:fs';

/** The most memory that each process of a tree held, and what it worked, by what it runs. */
export interface MemoryWatch {
  /** Ends the watch. @returns peak bytes and processor time by process, the greatest first. */
  stop(): ProcessPeak[];
}

export interface ProcessPeak {
  readonly pid: number;
  readonly command: string;
  readonly peakRss: number;
  /** Seconds of processor time: unlike the clock's, they hardly depend on what else runs. */
  readonly cpu: number;
}

/** USER_HZ, which is the same on every Linux. */
const TICKS_A_SECOND = 100;
/** utime, stime. */
const CPU = [11, 12];
/** And cutime, cstime. */
const CPU_WITH_ENDED = [...CPU, 13, 14];

/**
 * Watches a process and its descendants (Linux). The kernel keeps the peak itself (VmHWM), so
 * looking now and then misses only what a process gained after the last look.
 */
export function watchMemory(root: number, everyMs = 200): MemoryWatch {
  const peaks = new Map<number, ProcessPeak>();
  const look = () => {
    for (const pid of descendants(root)) {
      const found = peakOf(pid);
      if (found && found.peakRss >= (peaks.get(pid)?.peakRss ?? 0)) peaks.set(pid, found);
    }
  };
  const timer = setInterval(look, everyMs);
  return {
    stop() {
      clearInterval(timer);
      // A PostgreSQL that the product runs for itself is not the worker.
      return [...peaks.values()]
        .filter((one) => !one.command.startsWith('postgres'))
        .sort((a, b) => b.peakRss - a.peakRss);
    },
  };
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : undefined;
    if (parent === undefined) continue;
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [root];
  // The list grows while it is walked: children of children come at its end.
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Seconds that a process, those under it and those that ended under it have worked. */
export function cpuOfTree(root: number): number {
  return descendants(root).reduce((sum, pid) => sum + cpuOf(pid, CPU_WITH_ENDED), 0);
}

function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)[1];
  return parent === undefined ? undefined : Number(parent);
}

/** The fields of proc(5) from the third, the state, on. */
function statOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  // The name, in brackets, may hold spaces and brackets itself.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function cpuOf(pid: number, fields: readonly number[]): number {
  const stat = statOf(pid);
  return fields.reduce((sum, field) => sum + Number(stat[field] ?? 0), 0) / TICKS_A_SECOND;
}

function peakOf(pid: number): ProcessPeak | null {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1];
  if (kilobytes === undefined) return null;
  const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
  return { pid, command, peakRss: Number(kilobytes) * 1024, cpu: cpuOf(pid, CPU) };
}

/** '' for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
