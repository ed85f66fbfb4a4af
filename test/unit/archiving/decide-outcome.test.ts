import { describe, expect, it } from 'vitest';
import { decideOutcome, type Situation } from '../../../src/archiving/decide-outcome.ts';

/** An owner's mail that fits no line but the last. */
const plain: Situation = {
  screening: 'fit',
  duplicate: false,
  hasOwner: true,
  automatic: false,
  verdict: 'unknown',
  ignoredSender: false,
  heldBack: false,
  neverArchived: false,
  ignoredByRule: false,
  states: ['unmatched'],
  unmatchedReason: 'no-match',
};

/** What makes each line fit, in the table's order; a later one must never win over an earlier. */
const LINES: readonly (readonly [Partial<Situation>, string, string, string])[] = [
  [{ screening: 'unreadable' }, 'unreadable', 'quarantined', 'unreadable'],
  [{ screening: 'no-single-from' }, 'not exactly one From', 'quarantined', 'no-single-from'],
  [{ screening: 'own-notice' }, 'our own notice', 'ignored', 'own-notice'],
  [{ duplicate: true }, 'duplicate', 'ignored', 'duplicate'],
  [{ hasOwner: false, automatic: true }, 'no owner, automatic', 'ignored', 'automatic'],
  [
    { hasOwner: false, ignoredSender: true },
    'no owner, ignored sender',
    'ignored',
    'never-archive-rule',
  ],
  [
    { hasOwner: false, verdict: 'fail' },
    'no owner, trust fail',
    'rejected',
    'owner-does-not-exist',
  ],
  [{ hasOwner: false }, 'no owner', 'rejected', 'owner-does-not-exist'],
  [{ heldBack: true }, 'owner, not trusted', 'quarantined', 'sender-not-trusted'],
  [{ neverArchived: true }, 'never-archive rule', 'ignored', 'never-archive-rule'],
  [{ ignoredByRule: true }, 'rule', 'ignored', 'only-colleagues'],
  [{ states: ['archived'] }, 'a deciding correspondent matched', 'archived', 'matched'],
  [{}, 'else', 'unmatched', 'no-match'],
];

describe('decideOutcome', () => {
  it.each(LINES)('%j: %s', (changes, line, outcome, reason) => {
    expect(decideOutcome({ ...plain, ...changes })).toEqual({ line, outcome, reason });
  });

  const pairs = LINES.flatMap((first, i) =>
    LINES.slice(i + 1).map((later) => [first, later] as const),
  );
  it.each(pairs)('the earlier of two that fit decides: %j before %j', (first, later) => {
    const both = { ...plain, ...later[0], ...first[0] };
    expect(decideOutcome(both).line).toBe(first[1]);
  });

  it.each<[Situation['states'], string]>([
    [['archived', 'archived'], 'archived'],
    [['archived', 'unmatched'], 'unmatched'],
    [['unmatched', 'archived'], 'unmatched'],
    [[], 'unmatched'],
  ])('emails %j: %s', (states, outcome) => {
    expect(decideOutcome({ ...plain, states }).outcome).toBe(outcome);
  });

  it("files an owner's automatic or doubtful mail like any other", () => {
    const situation = { ...plain, automatic: true, verdict: 'fail' as const };
    expect(decideOutcome(situation).line).toBe('else');
  });
});
