import type { JobName } from '../queue/job-queue.ts';

/**
 * All repeated work, on one page. The poll sees to it that somebody keeps the mailbox: its keeper
 * hears of new mail by itself (IDLE), and looks at least every poll interval.
 */
export const SCHEDULES = [
  { name: 'poll', everySeconds: 30 },
  { name: 'sweep', everySeconds: 60 },
] as const satisfies readonly { readonly name: JobName; readonly everySeconds: number }[];
