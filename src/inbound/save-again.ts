import type { Knex } from 'knex';
import type { FilingPlan } from '../archiving/filing-plan.ts';
import { replaceEmails } from '../emails/replace-emails.ts';
import { clearUnmatchedNotices, deleteNotices, raiseNotices } from '../inbox/notice-store.ts';
import { callOffBounces, TRACE_OF_BEFORE } from '../ledger/outcome-before.ts';
import { saveDecisions } from '../ledger/save-decisions.ts';
import type { Standing } from '../shared/standing.ts';
import { newEmails, type FiledMessage } from './save-filing.ts';

/**
 * Writes a new decision over an earlier one: the outcome, the emails, and who has something waiting now.
 * What was decided before stays in the trace. Nobody is answered: who was to be told was told then.
 */
export async function saveAgain(
  trx: Knex.Transaction,
  filed: FiledMessage,
  then: Standing,
): Promise<void> {
  const { message, fingerprint, plan, checked } = filed;
  const { id } = message;
  await trx('inbound_messages')
    .where({ id })
    .update({ trace: trx.raw(TRACE_OF_BEFORE) as never });
  const verdict = checked ? plan.verdict : null;
  await saveDecisions(trx, [{ id, fingerprint, plan: withoutBounce(plan), verdict, note: {} }]);
  if (plan.outcome !== 'rejected') {
    await callOffBounces(
      trx,
      [id],
      'The message was processed again, and is not rejected any more.',
    );
  }
  await replaceEmails(trx, id, newEmails(filed));
  await tellOwners(trx, plan, then);
  await forgetRejected(trx, plan);
}

function withoutBounce(plan: FilingPlan): FilingPlan {
  const steps = plan.trace.steps.filter(({ step }) => step !== 'bounce');
  const none = {
    step: 'bounce',
    verdict: 'none',
    why: 'Processing a message again answers nobody.',
  } as const;
  return { ...plan, bounce: null, trace: { ...plan.trace, steps: [...steps, none] } };
}

async function tellOwners(
  trx: Knex.Transaction,
  { outcome, ownerId }: FilingPlan,
  then: Standing,
): Promise<void> {
  const waited = then.outcome === 'unmatched' && then.ownerId === ownerId;
  if (outcome === 'unmatched' && ownerId !== null && !waited) {
    await raiseNotices(trx, [{ userId: ownerId, kind: 'unmatched', subject: '' }]);
  }
  if (then.ownerId !== null) await clearUnmatchedNotices(trx, [then.ownerId]);
}

/** The notice about a stranger goes with the last message that was rejected. */
async function forgetRejected(trx: Knex.Transaction, { outcome, fromAddress }: FilingPlan) {
  if (outcome === 'rejected' || fromAddress === null) return;
  const other = await trx('inbound_messages')
    .where({ from_address: fromAddress, outcome: 'rejected' })
    .first('id');
  if (other) return;
  await deleteNotices(trx, ['owner-does-not-exist', 'sender-not-told'], fromAddress);
}
