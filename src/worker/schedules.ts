import type { JobName } from '../queue/job-queue.ts';

/**
 * All repeated work, on one page. The poll sees to it that somebody keeps the mailbox: its keeper
 * hears of new mail by itself (IDLE), and looks at least every poll interval: it is woken only where
 * that has passed without a look.
 */
export const SCHEDULES = [
  { name: 'poll', everySeconds: 30 },
  { name: 'sweep', everySeconds: 60 },
  // Little at a time; a machine that is off at night has its nights, too.
  { name: 'purge', everySeconds: 60 * 60 },
] as const satisfies readonly { readonly name: JobName; readonly everySeconds: number }[];
