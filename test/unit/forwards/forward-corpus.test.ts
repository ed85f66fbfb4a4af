import { beforeAll, describe, expect, test } from 'vitest';
import { buildAttachedCorpus } from '../../support/forwards/attached/build-attached-corpus.ts';
import { judgeAttached } from '../../support/forwards/attached/judge-attached.ts';
import { buildForwardCorpus } from '../../support/forwards/build-forward-corpus.ts';
import { type Judged, judgeForwards } from '../../support/forwards/judge-forwards.ts';
import { tallyForwards } from '../../support/forwards/tally-forwards.ts';

/** What was measured last, in parts of one (docs/forwards.md). Raise them with the readers. */
const FLOORS = [
  ['for tuning', false, { sender: 0.998, date: 0.998, subject: 0.998, remark: 0.998 }],
  ['held out', true, { sender: 1, date: 0.991, subject: 1, remark: 0.997 }],
] as const;

describe('the corpus of forwards', () => {
  let judged: readonly Judged[] = [];

  beforeAll(async () => {
    judged = [
      ...(await judgeForwards(buildForwardCorpus())),
      ...(await judgeAttached(buildAttachedCorpus())),
    ];
  }, 120_000);

  test('is large, its names are unique, and about three in ten are held out', () => {
    const heldOut = judged.filter((each) => each.case.heldOut).length / judged.length;
    expect(judged.length).toBeGreaterThan(1_400);
    expect(new Set(judged.map((each) => each.case.name)).size).toBe(judged.length);
    expect(heldOut).toBeGreaterThan(0.27);
    expect(heldOut).toBeLessThan(0.33);
  });

  test('names no wrong sender', () => {
    const wrong = judged.filter((each) => each.sender === 'wrong');
    expect(wrong.map((each) => each.case.name)).toEqual([]);
  });

  test('reads no wrong moment', () => {
    const wrong = judged.filter((each) => each.wrongDate);
    expect(wrong.map((each) => each.case.name)).toEqual([]);
  });

  test.each(FLOORS)('is read no worse than before: %s', (_part, heldOut, floors) => {
    const recall = tallyForwards(judged.filter((each) => each.case.heldOut === heldOut));
    for (const field of ['sender', 'date', 'subject', 'remark'] as const) {
      expect(recall[field], field).toBeGreaterThanOrEqual(floors[field]);
    }
  });
});
