import type { MessageSummary } from '../imap/mailbox.ts';
import { smallFirst } from './small-first.ts';

export type FetchBatch =
  | { readonly kind: 'together'; readonly messages: readonly MessageSummary[] }
  | { readonly kind: 'alone'; readonly message: MessageSummary };

/** Messages and bytes that are fetched, and committed, at once: bounds memory and lost work. */
const MOST_MESSAGES = 100;
const MOST_BYTES = 4 * 1024 * 1024;

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
  const batches: FetchBatch[] = [];
  const alone: FetchBatch[] = [];
  let open: MessageSummary[] = [];
  let bytes = 0;
  const close = () => {
    if (open.length > 0) batches.push({ kind: 'together', messages: open });
    open = [];
    bytes = 0;
  };
  for (const message of smallFirst([...summaries].sort((a, b) => a.uid - b.uid))) {
    if (message.size > largeBytes || message.size <= 0 || suspects.has(message.uid)) {
      alone.push({ kind: 'alone', message });
      continue;
    }
    if (open.length === MOST_MESSAGES || bytes + message.size > MOST_BYTES) close();
    open.push(message);
    bytes += message.size;
  }
  close();
  return [...batches, ...alone];
}
