/** What one command may name. */
export interface UidSetLimits {
  /** Characters of one set; RFC 7162 section 4 bids clients to keep lines under 8192 octets. */
  readonly maxLength: number;
  readonly maxUids: number;
}

export const READ_LIMITS: UidSetLimits = { maxLength: 4000, maxUids: 20_000 };
/** Fewer, so that each command that changes something ends well within its deadline. */
export const WRITE_LIMITS: UidSetLimits = { maxLength: 4000, maxUids: 1000 };

export interface UidSet {
  /** A sequence-set of RFC 3501 section 9, as "1:3,7". */
  readonly set: string;
  readonly uids: readonly number[];
}

/**
 * Writes UIDs as few short sets: sorted, without doubles, neighbours as ranges. A range never spans
 * a UID that was not asked for.
 */
export function uidSets(uids: readonly number[], limits: UidSetLimits): UidSet[] {
  const sets: UidSet[] = [];
  let ranges: string[] = [];
  let members: number[] = [];
  let length = 0;
  const finish = () => {
    if (ranges.length > 0) sets.push({ set: ranges.join(','), uids: members });
    [ranges, members, length] = [[], [], 0];
  };
  for (const { first, last } of rangesOf(uids, limits.maxUids)) {
    const text = first === last ? `${first}` : `${first}:${last}`;
    const count = last - first + 1;
    const full = length + text.length + 1 > limits.maxLength;
    if (full || members.length + count > limits.maxUids) finish();
    ranges.push(text);
    length += text.length + 1;
    for (let uid = first; uid <= last; uid += 1) members.push(uid);
  }
  finish();
  return sets;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Runs of neighbours, none longer than `maxUids`. */
function rangesOf(uids: readonly number[], maxUids: number): Range[] {
  const sorted = [...new Set(uids)].sort((a, b) => a - b);
  const ranges: { first: number; last: number }[] = [];
  for (const uid of sorted) {
    if (!Number.isInteger(uid) || uid < 1) throw new RangeError(`${uid} is not a UID.`);
    const current = ranges.at(-1);
    const fits = current?.last === uid - 1 && uid - current.first < maxUids;
    if (current !== undefined && fits) current.last = uid;
    else ranges.push({ first: uid, last: uid });
  }
  return ranges;
}
