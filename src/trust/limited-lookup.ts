import { type DnsLookup, isAnswer, noAnswer } from './dns-lookup.ts';

/** What one mail may ask in all: a mail could else name any number of keys. */
const MOST_QUESTIONS = 40;

export interface LimitedLookup {
  readonly lookup: DnsLookup;
  /** Names about which nothing was answered, in lower case. */
  readonly open: ReadonlySet<string>;
}

/** The lookup for one mail: it ends at `deadline` (ms, as performance.now() counts), and notes what stayed open. */
export function limitedLookup(lookup: DnsLookup, deadline: number): LimitedLookup {
  const open = new Set<string>();
  let left = MOST_QUESTIONS;
  return {
    open,
    lookup: async (name, type) => {
      left -= 1;
      try {
        if (left < 0) throw noAnswer(name);
        return await within(lookup(name, type), name, deadline - performance.now());
      } catch (error) {
        if (!isAnswer(error)) open.add(name.toLowerCase());
        throw error;
      }
    },
  };
}

async function within<T>(answer: Promise<T>, name: string, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noAnswer(name)), Math.max(0, ms));
  });
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
