const MOST = 20;

/**
 * What is wrong, for a failure that people read: a mistake in one place may make hundreds of sentences,
 * which would bury the others, and the failure of an earlier try.
 */
export function firstOf(sentences: readonly string[]): string[] {
  const left = sentences.length - MOST;
  return left <= 0 ? [...sentences] : [...sentences.slice(0, MOST), `and ${left} more`];
}
