import { containing } from '../db/like-pattern.ts';

const MAX_WORDS = 5;

/** The words of a search as patterns for "like", the longest first: it finds the fewest. */
export function searchPatterns(text: string): string[] {
  const words = text
    .toLowerCase()
    .normalize('NFC')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  return [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_WORDS)
    .map(containing);
}
