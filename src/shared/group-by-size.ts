/** How much a group holds. */
export interface GroupLimits {
  readonly most: number;
  readonly bytes: number;
}

/** Groups within the limits, in order; what is larger than a group may be is one by itself. */
export function groupBySize<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  limits: GroupLimits,
): T[][] {
  const groups: T[][] = [];
  let open: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (open.length === 0 || open.length === limits.most || bytes + size > limits.bytes) {
      open = [];
      bytes = 0;
      groups.push(open);
    }
    open.push(item);
    bytes += size;
  }
  return groups;
}
