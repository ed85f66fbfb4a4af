/** What is taken for each other in most fonts, beside the letters that latinForm knows. */
const PAIRS = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['1', 'l'],
  ['0', 'o'],
] as const;
const SWAPS = PAIRS.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]);

const MAX_SWAPS = 2;
const MAX_LOOKALIKES = 150;
/** Hardly a record has a longer one; of a longer address the domain is looked up by itself. */
const MAX_LENGTH = 80;

/**
 * Texts that a reader may take this one for, itself first: with at most two places changed, and no more
 * than 150 of them, so that they can be looked up. To be given the latinForm of an address or a domain.
 * A long text has none but itself.
 */
export function lookalikesOf(text: string): string[] {
  const found = new Set([text]);
  if (text.length > MAX_LENGTH) return [text];
  let last: readonly string[] = [text];
  for (let swaps = 0; swaps < MAX_SWAPS; swaps += 1) {
    const next: string[] = [];
    for (const swapped of swappedOnce(last)) {
      if (found.has(swapped)) continue;
      found.add(swapped);
      next.push(swapped);
      if (found.size === MAX_LOOKALIKES) return [...found];
    }
    last = next;
  }
  return [...found];
}

/** One after the other, as they are asked for. */
function* swappedOnce(texts: readonly string[]): Generator<string> {
  for (const text of texts) {
    for (const [from, to] of SWAPS) {
      for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
        yield text.slice(0, at) + to + text.slice(at + from.length);
      }
    }
  }
}
