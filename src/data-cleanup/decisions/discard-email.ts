import type { Knex } from 'knex';
import { clearUnmatchedNotices } from '../../inbox/notice-store.ts';
import type { Viewer } from '../../shared/viewer.ts';
import {
  checkWaiting,
  claimEmail,
  insertDecision,
  isOwnEmail,
  type Handled,
  type NotFound,
} from './decision-store.ts';
import { discardWaiting, lockWithRuled } from './discard-store.ts';
import { judgeRule } from '../rules/judge-rule.ts';
import { coversOurSide, insertRule } from '../rules/rule-store.ts';

export type DiscardResult =
  | {
      readonly kind: 'discarded';
      readonly decisionId: number;
      readonly subject: string;
      /** The address or domain whose mail is not archived any more; null where no rule was asked for. */
      readonly pattern: string | null;
      /** Other waiting emails that the rule took along. */
      readonly others: number;
    }
  /** No rule may be made of it: it is no correspondent's on this email, free mail, or our own side's. */
  | { readonly kind: 'no-rule' }
  | Handled
  | NotFound;

/**
 * Discards a waiting email of the viewer's: no record that gains an address will bring it back. With a
 * rule, mail of that address or domain is not archived any more, and what waits of it goes along.
 *
 * @param never the address or domain of a correspondent on the email; null for no rule
 */
export async function discardEmail(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  never: string | null = null,
): Promise<DiscardResult> {
  if (!(await isOwnEmail(db, viewer, emailId))) return { kind: 'not-found' };
  return await db.transaction(async (trx) => {
    const addresses = await claimEmail(trx, emailId);
    const pattern = never === null ? null : await allowedRule(trx, addresses, never);
    if (never !== null && pattern === null) return { kind: 'no-rule' };
    const decision = { actor_id: viewer.id, kind: 'discard', email_id: emailId } as const;
    const before = await trx('emails').where({ id: emailId }).first('subject');
    if (pattern === null) {
      await trx('emails').where({ id: emailId, owner_id: viewer.id }).forUpdate().first('id');
    } else await lockWithRuled(trx, viewer, { emailId, pattern });
    const email = await checkWaiting(trx, viewer, emailId);
    if (email.kind !== 'waiting') return email;
    const decisionId = await insertDecision(trx, decision);
    if (pattern !== null) await insertRule(trx, viewer.id, { pattern, by: viewer.id, decisionId });
    const discarded = await discardWaiting(trx, viewer, { emailId, pattern, decisionId });
    await clearUnmatchedNotices(trx, [viewer.id]);
    const subject = before?.subject ?? '';
    return { kind: 'discarded', decisionId, subject, pattern, others: discarded - 1 };
  });
}

/** The rule that may be made of what was asked for; null for none. */
async function allowedRule(
  trx: Knex.Transaction,
  addresses: readonly string[],
  never: string,
): Promise<string | null> {
  const judged = judgeRule(never);
  if (judged.kind !== 'rule') return null;
  const { pattern } = judged;
  const isOnIt = addresses.some((one) => one === pattern || one.endsWith(`@${pattern}`));
  return isOnIt && !(await coversOurSide(trx, pattern)) ? pattern : null;
}
