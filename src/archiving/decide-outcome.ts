import type { Outcome, Reason, TrustVerdict } from '../shared/outcome.ts';
import type { PlannedEmail } from './planned-email.ts';
import type { UnmatchedReason } from './judge-unmatched.ts';

/** What the earlier steps found, as the decision table asks for it. */
export interface Situation {
  readonly screening: 'unreadable' | 'no-single-from' | 'own-notice' | 'fit';
  readonly duplicate: boolean;
  readonly hasOwner: boolean;
  readonly automatic: boolean;
  readonly verdict: TrustVerdict;
  /** A Super Administrator wants to hear no more of this sender. */
  readonly ignoredSender: boolean;
  /** The policy holds an owner's mail back on this verdict. */
  readonly heldBack: boolean;
  /** Each email in it is ruled out by never-archive rules. */
  readonly neverArchived: boolean;
  /** Only colleagues are on it, and the setting says to ignore that. */
  readonly ignoredByRule: boolean;
  /** One for each email; empty when there is no owner. */
  readonly states: readonly PlannedEmail['state'][];
  readonly unmatchedReason: UnmatchedReason;
}

/** The lines of the decision table, by name. */
export type TableLine =
  | 'unreadable'
  | 'not exactly one From'
  | 'our own notice'
  | 'duplicate'
  | 'no owner, automatic'
  | 'no owner, ignored sender'
  | 'no owner, trust fail'
  | 'no owner'
  | 'owner, not trusted'
  | 'never-archive rule'
  | 'rule'
  | 'a deciding correspondent matched'
  | 'else';

export interface Decision {
  readonly line: TableLine;
  readonly outcome: Outcome;
  readonly reason: Reason;
}

interface Line extends Decision {
  readonly fits: (situation: Situation) => boolean;
}

/** Shorter to read as a table: name, condition, outcome, reason. */
function line(name: TableLine, fits: Line['fits'], outcome: Outcome, reason: Reason): Line {
  return { line: name, fits, outcome, reason };
}

/** The decision table but its last line, in its order: the first line that fits decides. */
const TABLE: readonly Line[] = [
  line('unreadable', (s) => s.screening === 'unreadable', 'quarantined', 'unreadable'),
  line(
    'not exactly one From',
    (s) => s.screening === 'no-single-from',
    'quarantined',
    'no-single-from',
  ),
  line('our own notice', (s) => s.screening === 'own-notice', 'ignored', 'own-notice'),
  line('duplicate', (s) => s.duplicate, 'ignored', 'duplicate'),
  line('no owner, automatic', (s) => !s.hasOwner && s.automatic, 'ignored', 'automatic'),
  line(
    'no owner, ignored sender',
    (s) => !s.hasOwner && s.ignoredSender,
    'ignored',
    'never-archive-rule',
  ),
  line(
    'no owner, trust fail',
    (s) => !s.hasOwner && s.verdict === 'fail',
    'rejected',
    'owner-does-not-exist',
  ),
  line('no owner', (s) => !s.hasOwner, 'rejected', 'owner-does-not-exist'),
  line('owner, not trusted', (s) => s.heldBack, 'quarantined', 'sender-not-trusted'),
  line('never-archive rule', (s) => s.neverArchived, 'ignored', 'never-archive-rule'),
  line('rule', (s) => s.ignoredByRule, 'ignored', 'only-colleagues'),
  line('a deciding correspondent matched', isAllArchived, 'archived', 'matched'),
];

/**
 * Decides what becomes of a message: the first line of the table that fits. A message with several
 * emails is archived if each of them is.
 */
export function decideOutcome(situation: Situation): Decision {
  const fitting = TABLE.find(({ fits }) => fits(situation));
  if (fitting === undefined) {
    return { line: 'else', outcome: 'unmatched', reason: situation.unmatchedReason };
  }
  const { line: name, outcome, reason } = fitting;
  return { line: name, outcome, reason };
}

function isAllArchived({ states }: Situation): boolean {
  return states.length > 0 && states.every((state) => state === 'archived');
}
