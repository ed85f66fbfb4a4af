import { type DnsLookup, isAnswer, noAnswer } from './dns-lookup.ts';

/** What one mail may ask in all: a mail could else name any number of keys. */
const MOST_QUESTIONS = 40;

export interface LimitedLookup {
  readonly lookup: DnsLookup;
  /** Names about which nothing was answered, in lower case. */
  readonly open: ReadonlySet<string>;
}

/**
 * The lookup for one mail: it ends so many milliseconds after the first question, as hashing a large mail
 * comes before that and may take longer, and notes what stayed open.
 */
export function limitedLookup(lookup: DnsLookup, limitMs: number): LimitedLookup {
  const open = new Set<string>();
  let left = MOST_QUESTIONS;
  let deadline: number | undefined;
  return {
    open,
    lookup: async (name, type) => {
      left -= 1;
      deadline ??= performance.now() + limitMs;
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
