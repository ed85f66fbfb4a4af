import { describe, expect, it } from 'vitest';
import { judgeCase } from '../../../support/suggestions/judge-cases.ts';
import { SUGGESTION_CASES } from '../../../support/suggestions/suggestion-cases.ts';
import { tallySuggestions } from '../../../support/suggestions/tally-suggestions.ts';

const judged = SUGGESTION_CASES.map(judgeCase);
const heldOut = judged.filter((each) => each.case.heldOut);

describe('the corpus of unknown addresses', () => {
  it.each([
    ['all', judged],
    ['held out', heldOut],
  ])('has the right person first in 85 % and among three in 95 %: %s', (_, cases) => {
    const tally = tallySuggestions(cases);
    expect(tally.cases).toBeGreaterThan(50);
    expect(tally.first).toBeGreaterThanOrEqual(0.85);
    expect(tally.firstThree).toBeGreaterThanOrEqual(0.95);
  });

  it('suggests nobody strongly for an address that is nobody’s', () => {
    expect(tallySuggestions(judged)).toMatchObject({ wronglyStrong: 0 });
  });

  it('suggests each person once, with a reason, and five at most', () => {
    for (const { case: one, ranked } of judged) {
      const ids = ranked.map(({ id }) => id);
      expect(ids.length, one.id).toBeLessThanOrEqual(5);
      expect(new Set(ids).size, one.id).toBe(ids.length);
      for (const { suggestion } of ranked) expect(suggestion.reasons, one.id).not.toHaveLength(0);
    }
  });
});
