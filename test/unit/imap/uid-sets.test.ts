import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READ_LIMITS, uidSets, WRITE_LIMITS } from '../../../src/imap/uid-sets.ts';

const WIDE = { maxLength: 1000, maxUids: 1000 };

/** What a set names, spelt out. */
function spelled(set: string): number[] {
  return set.split(',').flatMap((range) => {
    const [first, last = first] = range.split(':').map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, index) => first! + index);
  });
}

describe('uidSets', () => {
  it.each<[readonly number[], string[]]>([
    [[], []],
    [[7], ['7']],
    [[1, 2, 3], ['1:3']],
    [[3, 1, 2, 3], ['1:3']],
    [[1, 2, 4, 9, 10], ['1:2,4,9:10']],
    [[4294967294, 4294967295], ['4294967294:4294967295']],
  ])('writes %j as %j', (uids, sets) => {
    expect(uidSets(uids, WIDE).map(({ set }) => set)).toEqual(sets);
  });

  it('begins another set where one would be too long or name too many', () => {
    const short = uidSets([100, 102, 104], { maxLength: 8, maxUids: 1000 });
    expect(short.map(({ set }) => set)).toEqual(['100,102', '104']);
    const few = uidSets([1, 2, 3, 4, 5, 7], { maxLength: 1000, maxUids: 3 });
    expect(few.map(({ set }) => set)).toEqual(['1:3', '4:5,7']);
  });

  it.each([0, -1, 1.5, Number.NaN])('takes %s for a bug', (uid) => {
    expect(() => uidSets([uid], WIDE)).toThrow(RangeError);
  });

  it('names each UID once and no other, within its limits', () => {
    const uids = fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 400 });
    const limits = fc.record({
      maxLength: fc.integer({ min: 12, max: 200 }),
      maxUids: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(uids, limits, (wanted, bounds) => {
        const sets = uidSets(wanted, bounds);
        const sorted = [...new Set(wanted)].sort((a, b) => a - b);
        expect(sets.flatMap(({ set }) => spelled(set))).toEqual(sorted);
        expect(sets.flatMap((part) => part.uids)).toEqual(sorted);
        for (const part of sets) {
          expect(part.set.length).toBeLessThanOrEqual(bounds.maxLength);
          expect(part.uids.length).toBeLessThanOrEqual(bounds.maxUids);
        }
      }),
    );
  });

  it('keeps lines under the 8192 octets of RFC 7162', () => {
    const scattered = Array.from({ length: 50_000 }, (_, index) => 4_000_000_000 + index * 2);
    for (const limits of [READ_LIMITS, WRITE_LIMITS]) {
      for (const { set } of uidSets(scattered, limits)) expect(set.length).toBeLessThan(8000);
    }
  });
});
