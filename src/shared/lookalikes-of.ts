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

/**
 * Texts that a reader may take this one for, itself first: with at most two places changed, and no more
 * than 150 of them, so that they can be looked up. To be given the latinForm of an address or a domain.
 */
export function lookalikesOf(text: string): string[] {
  const found = new Set([text]);
  let last = [text];
  for (let swaps = 0; swaps < MAX_SWAPS; swaps += 1) {
    const next = last.flatMap(swappedOnce).filter((each) => !found.has(each));
    for (const each of next.slice(0, MAX_LOOKALIKES - found.size)) found.add(each);
    last = next.slice(0, MAX_LOOKALIKES);
  }
  return [...found];
}

function swappedOnce(text: string): string[] {
  return SWAPS.flatMap(([from, to]) => {
    const places: string[] = [];
    for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
      places.push(text.slice(0, at) + to + text.slice(at + from.length));
    }
    return places;
  });
}
