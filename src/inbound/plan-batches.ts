import type { MessageSummary } from '../imap/mailbox.ts';
import { groupBySize } from '../shared/group-by-size.ts';
import { BATCH } from './batch.ts';
import { smallFirst } from './small-first.ts';

export type FetchBatch =
  | { readonly kind: 'together'; readonly messages: readonly MessageSummary[] }
  | { readonly kind: 'alone'; readonly message: MessageSummary };

/**
 * Groups messages, small ones first, in order of their UIDs. Large ones, suspects, and those whose size the
 * server does not know come alone, and last: a hundred of them take minutes to be fetched, which nobody's
 * short mail should wait for.
 */
export function planBatches(
  summaries: readonly MessageSummary[],
  suspects: ReadonlySet<number>,
  largeBytes: number,
): FetchBatch[] {
  const isAlone = ({ uid, size }: MessageSummary) =>
    size > largeBytes || size <= 0 || suspects.has(uid);
  const ordered = smallFirst([...summaries].sort((a, b) => a.uid - b.uid));
  const together = ordered.filter((message) => !isAlone(message));
  return [
    ...groupBySize(together, ({ size }) => size, BATCH).map((messages): FetchBatch => ({
      kind: 'together',
      messages,
    })),
    ...ordered.filter(isAlone).map((message): FetchBatch => ({ kind: 'alone', message })),
  ];
}
