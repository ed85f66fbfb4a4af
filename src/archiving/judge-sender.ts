import type { TrustVerdict } from '../shared/outcome.ts';
import type { Facts } from './facts.ts';
import type { SenderJudgement } from './judge-evidence.ts';

/**
 * Judges whether the sender is who From says. The facts are gathered outside (judgeEvidence tells what
 * follows from them). Under the policy `off` nothing is judged, whatever was gathered: `unknown`.
 */
export function judgeSender(
  facts: Pick<Facts, 'trustPolicy' | 'trust' | 'letIn'>,
): SenderJudgement {
  if (facts.trustPolicy === 'off') {
    return { verdict: 'unknown', why: 'The sender policy is off: From was not checked.' };
  }
  const { trust } = facts;
  const found: SenderJudgement =
    trust.kind === 'checked' ? trust : { verdict: 'unknown', why: 'From was not checked.' };
  return { verdict: found.verdict, why: `${found.why}${WHY_LET_IN[facts.letIn ?? 'nobody']}` };
}

const WHY_LET_IN = {
  released: ' A Super Administrator has released it.',
  allowed: ' Mail from this address is always let in.',
  nobody: '',
} as const;

/**
 * Whether an owner's mail must be held back: under the policy `require`, unless it is proven. To require
 * means to see proof, so `none` is held back too; so is what is still `unknown` (the wait for the DNS
 * lies outside, before this is asked). Never what a person has let in.
 */
export function isHeldBack(verdict: TrustVerdict, facts: Facts): boolean {
  return facts.trustPolicy === 'require' && verdict !== 'pass' && facts.letIn === null;
}
