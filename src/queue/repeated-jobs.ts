import type { JobName } from './job-queue.ts';

/** A job that runs once per interval. */
export interface RepeatedJob {
  readonly name: JobName;
  readonly everySeconds: number;
}

/** A checked schedule: the interval in milliseconds of each name. Throws for what is a bug. */
export function intervalsOf(jobs: readonly RepeatedJob[]): Map<JobName, number> {
  const intervals = new Map<JobName, number>();
  for (const { name, everySeconds } of jobs) {
    if (name === 'file' || name === 'file-slow')
      throw new Error('A repeated job carries nothing, and file needs ids.');
    if (intervals.has(name)) throw new Error(`${name} is scheduled twice.`);
    if (!(everySeconds > 0)) throw new Error(`${name} needs an interval above zero.`);
    intervals.set(name, Math.round(everySeconds * 1000));
  }
  return intervals;
}
