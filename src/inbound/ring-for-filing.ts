import type { JobQueue } from '../queue/job-queue.ts';
import { groupBySize } from '../shared/group-by-size.ts';
import { BATCH } from './batch.ts';
import { LARGE_MESSAGE } from './large-message.ts';
import { smallFirst } from './small-first.ts';

/** What a queue is told of a message that is to be filed. */
export interface ToFile {
  readonly id: number;
  /** Bytes. */
  readonly size: number;
  /** How often filing it has failed. */
  readonly failures: number;
}

interface FilingJob {
  readonly lane: 'file' | 'file-slow';
  readonly ids: number[];
}

/**
 * Jobs for these messages, small ones first, in their order. A large one, and one whose filing failed before, goes by
 * the second lane, where it holds up nobody, one message a job.
 */
export function planJobs(messages: readonly ToFile[]): FilingJob[] {
  const isSlow = ({ size, failures }: ToFile) => size > LARGE_MESSAGE || failures > 0;
  const ordered = smallFirst(messages);
  const quick = ordered.filter((message) => !isSlow(message));
  return [
    ...groupBySize(quick, ({ size }) => size, BATCH).map((group): FilingJob => ({
      lane: 'file',
      ids: group.map(({ id }) => id),
    })),
    ...ordered.filter(isSlow).map(({ id }): FilingJob => ({ lane: 'file-slow', ids: [id] })),
  ];
}

/** Queues the filing of messages. Rejects when the queue can't be reached: the next sweep finds them. */
export async function ringForFiling(queue: JobQueue, messages: readonly ToFile[]): Promise<void> {
  for (const { lane, ids } of planJobs(messages)) await queue.add(lane, { ids });
}
