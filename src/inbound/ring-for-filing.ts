import type { JobQueue } from '../queue/job-queue.ts';
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

/** Messages, and bytes, that one job of the first lane files together: bounds memory and lost work. */
const IDS_A_JOB = 100;
const BYTES_A_JOB = 4 * 1024 * 1024;

/**
 * Jobs for these messages, small ones first, in their order. A large one, and one whose filing failed before, goes by the second
 * lane, where it holds up nobody, one message a job.
 */
export function planJobs(
  messages: readonly ToFile[],
): { readonly lane: 'file' | 'file-slow'; readonly ids: number[] }[] {
  const jobs: { lane: 'file' | 'file-slow'; ids: number[] }[] = [];
  let open: number[] = [];
  let bytes = 0;
  for (const { id, size, failures } of smallFirst(messages)) {
    if (size > LARGE_MESSAGE || failures > 0) {
      jobs.push({ lane: 'file-slow', ids: [id] });
      continue;
    }
    if (open.length === 0 || open.length === IDS_A_JOB || bytes + size > BYTES_A_JOB) {
      open = [];
      bytes = 0;
      jobs.push({ lane: 'file', ids: open });
    }
    open.push(id);
    bytes += size;
  }
  return jobs;
}

/** Queues the filing of messages. Rejects when the queue can't be reached: the next sweep finds them. */
export async function ringForFiling(queue: JobQueue, messages: readonly ToFile[]): Promise<void> {
  for (const { lane, ids } of planJobs(messages)) await queue.add(lane, { ids });
}
