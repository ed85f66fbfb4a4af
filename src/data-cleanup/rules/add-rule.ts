import type { Knex } from 'knex';
import { recordAudit } from '../../audit/audit-store.ts';
import { claimAddresses } from '../../db/advisory-locks.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { judgeRule, type RuleJudgement } from './judge-rule.ts';
import { coversOurSide, deleteRule, insertRule, type RuleScope } from './rule-store.ts';

export type AddRuleResult =
  | { readonly kind: 'added'; readonly pattern: string }
  | { readonly kind: 'there-already'; readonly pattern: string }
  /** It would keep out the archive, its outgoing mail, or a user. */
  | { readonly kind: 'our-side'; readonly pattern: string }
  | Exclude<RuleJudgement, { kind: 'rule' }>;

/** From now on mail of this address or domain is not archived: the viewer's own, or everybody's. */
export async function addRule(
  db: Knex,
  viewer: Viewer,
  scope: RuleScope,
  typed: string,
): Promise<AddRuleResult> {
  const judged = judgeRule(typed);
  if (judged.kind !== 'rule') return judged;
  const { pattern } = judged;
  return await db.transaction(async (trx) => {
    // No mail of the address is being filed now: what comes later meets the rule.
    if (pattern.includes('@')) await claimAddresses(trx, [pattern]);
    if (await coversOurSide(trx, pattern)) return { kind: 'our-side', pattern };
    const rule = { pattern, by: viewer.id, decisionId: null };
    if (!(await insertRule(trx, scope, rule))) return { kind: 'there-already', pattern };
    if (scope === 'all') await recordAudit(trx, 'rule.added', { pattern }, viewer.id);
    return { kind: 'added', pattern };
  });
}

/** @returns what the rule named; null for one that is not of that scope, or gone. */
export async function removeRule(
  db: Knex,
  viewer: Viewer,
  scope: RuleScope,
  id: number,
): Promise<string | null> {
  return await db.transaction(async (trx) => {
    const pattern = await deleteRule(trx, scope, id);
    if (pattern !== null && scope === 'all') {
      await recordAudit(trx, 'rule.removed', { pattern }, viewer.id);
    }
    return pattern;
  });
}
