import type { TrustVerdict } from '../shared/outcome.ts';
import type { Facts } from './facts.ts';

/** Whether From can be believed, and a sentence for the trace. */
export interface SenderJudgement {
  readonly verdict: TrustVerdict;
  readonly why: string;
}

/**
 * Judges whether the sender is who From says. The facts are gathered outside. Under the policy `off`
 * nothing is judged, whatever was gathered: `unknown`.
 */
export function judgeSender(facts: Facts): SenderJudgement {
  if (facts.trustPolicy === 'off') {
    return { verdict: 'unknown', why: 'The sender policy is off: From was not checked.' };
  }
  if (facts.trust.kind === 'not-checked')
    return { verdict: 'unknown', why: 'From was not checked.' };
  return { verdict: facts.trust.verdict, why: facts.trust.why };
}

/**
 * Whether an owner's mail must be held back: only under the policy `require`, when the verdict is
 * `fail`, or still `unknown` (the wait for DNS lies outside, before this is asked).
 */
export function isHeldBack(verdict: TrustVerdict, facts: Facts): boolean {
  return facts.trustPolicy === 'require' && (verdict === 'fail' || verdict === 'unknown');
}
