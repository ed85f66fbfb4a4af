import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The reading processes that a process has started. */
export function readingChildrenOf(parent: number = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statusOf(pid, 'PPid') === parent && commandOf(pid).includes('child-main.'));
}

export function isAlive(pid: number): boolean {
  const state = readProc(pid, 'status');
  return state !== '' && !/^State:\s+[ZX]/m.test(state);
}

/** The most memory a process has had, in megabytes. */
export function peakMemoryMb(pid: number): number {
  return (statusOf(pid, 'VmHWM') ?? 0) / 1024;
}

export function environmentOf(pid: number): string {
  return readProc(pid, 'environ');
}

/** Waits until a condition holds; the time limit of the test is the time limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

function commandOf(pid: number): string {
  return readProc(pid, 'cmdline');
}

function statusOf(pid: number, field: string): number | null {
  const value = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readProc(pid, 'status'))?.[1];
  return value === undefined ? null : Number(value);
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
