/** How a page of a list was asked for. */
interface PageAsked {
  readonly size: number;
  /** Found from its end: the rows that stand before a place, the nearest first. */
  readonly backwards: boolean;
  /** Whether it begins at a place rather than at the start of the list. */
  readonly begun: boolean;
}

/** The rows of a page in the order of the list, and whether there are others on either side. */
export interface CutPage<Row> {
  readonly shown: Row[];
  readonly earlier: boolean;
  readonly later: boolean;
}

/**
 * Cuts a page out of what a list's query found: it asks for one row more than is shown, which tells
 * whether the list goes on. No row has to be counted or passed over for that, at any size.
 *
 * In addresses of pages "before" and "after" mean time where a list is ordered by it (the newest stands
 * first, "before" goes on with older ones), and the order of the list elsewhere.
 */
export function cutPage<Row>(
  found: readonly Row[],
  { size, backwards, begun }: PageAsked,
): CutPage<Row> {
  const more = found.length > size;
  const shown = found.slice(0, size);
  return backwards
    ? { shown: shown.reverse(), earlier: more, later: true }
    : { shown, earlier: begun, later: more };
}
