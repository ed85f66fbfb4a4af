import type { Knex } from 'knex';

import type { FilingPlan } from '../archiving/filing-plan.ts';
import { claimBounces } from '../db/advisory-locks.ts';
import { insertEmails } from '../emails/email-store.ts';
import { findMembers } from '../groups/group-store.ts';
import { raiseNotices, type NewNotice } from '../inbox/notice-store.ts';
import type { ClaimedMessage } from '../ledger/claim-messages.ts';
import { saveDecisions } from '../ledger/save-decisions.ts';
import { queueBounce } from '../outgoing/bounce-store.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';

export interface FiledMessage {
  readonly message: ClaimedMessage;
  readonly fingerprint: string;
  readonly plan: FilingPlan;
  /** Whether its sender was examined: else there is no verdict to be counted. */
  readonly checked: boolean;
}

/** Writes outcomes, emails, links, bounces and notices: all of them or, if one fails, none. @returns the bounces queued. */
export async function saveFiling(
  trx: Knex.Transaction,
  filed: readonly FiledMessage[],
): Promise<number> {
  const bounces = await queueBounces(trx, filed);
  await saveDecisions(
    trx,
    filed.map(({ message, fingerprint, plan, checked }) => ({
      id: message.id,
      fingerprint,
      plan,
      verdict: checked ? plan.verdict : null,
      note: bounces.has(message.id) ? { bounce: bounces.get(message.id) } : {},
    })),
  );
  await insertEmails(trx, filed.flatMap(newEmails));
  await raiseNotices(trx, await noticesFor(trx, filed, bounces));
  return [...bounces.values()].filter((result) => result === 'queued').length;
}

async function queueBounces(
  trx: Knex.Transaction,
  filed: readonly FiledMessage[],
): Promise<Map<number, 'queued' | 'told-already'>> {
  const results = new Map<number, 'queued' | 'told-already'>();
  if (filed.some(({ plan }) => plan.bounce)) await claimBounces(trx);
  for (const { message, plan } of filed) {
    if (plan.bounce) results.set(message.id, await queueBounce(trx, message.id, plan.bounce));
  }
  return results;
}

export function newEmails({ message, plan }: FiledMessage) {
  const { ownerId, capture } = plan;
  if (ownerId === null || capture === null) return [];
  const receivedAt = message.internal_date ?? message.stored_at;
  return plan.emails.map((email) => ({
    inboundMessageId: message.id,
    ownerId,
    capture,
    receivedAt,
    email,
  }));
}

async function noticesFor(
  trx: Knex.Transaction,
  filed: readonly FiledMessage[],
  bounces: ReadonlyMap<number, string>,
): Promise<NewNotice[]> {
  const needsAdmins = filed.some(({ plan }) => isForAdmins(plan));
  const admins = needsAdmins ? await findMembers(trx, 'super-administrators') : [];
  const canSend = bounces.size === 0 || (await readOutgoingFrom(trx)) !== null;
  return filed.flatMap(({ message, plan }): NewNotice[] => {
    if (plan.outcome === 'unmatched' && plan.ownerId !== null) {
      return [{ userId: plan.ownerId, kind: 'unmatched', subject: '' }];
    }
    const subject = plan.fromAddress ?? '';
    return admins.flatMap((userId): NewNotice[] => {
      if (plan.outcome === 'quarantined') return [{ userId, kind: 'quarantined', subject: '' }];
      if (plan.outcome !== 'rejected') return [];
      const untold = bounces.has(message.id) && !canSend;
      return [
        { userId, kind: 'owner-does-not-exist', subject },
        ...(untold ? [{ userId, kind: 'sender-not-told', subject } as const] : []),
      ];
    });
  });
}

function isForAdmins(plan: FilingPlan): boolean {
  return plan.outcome === 'rejected' || plan.outcome === 'quarantined';
}
