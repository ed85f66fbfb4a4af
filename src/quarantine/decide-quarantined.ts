import type { Knex } from 'knex';

import { recordAudit } from '../audit/audit-store.ts';
import { deleteNotices } from '../inbox/notice-store.ts';
import { allowSender } from '../senders/allowed-sender-store.ts';
import { countQuarantine, dealWith, findQuarantined, putBackReleased } from './quarantine-store.ts';

export const QUARANTINE_DECISIONS = ['release', 'allow', 'reject'] as const;
export type QuarantineDecision = (typeof QUARANTINE_DECISIONS)[number];

export type DecidedQuarantined =
  | { readonly kind: 'done'; readonly address: string }
  /** Somebody else has decided, or it never was there. */
  | { readonly kind: 'gone' }
  /** It has no owner: it cannot be filed. */
  | { readonly kind: 'cannot-be-filed' };

/**
 * release: files it as the mail of the user whose address it bears. allow: also lets in what will come
 * from that address. reject: it stays apart for good. The notice about quarantine goes with its last
 * message.
 */
export async function decideQuarantined(
  db: Knex,
  actorId: number,
  id: number,
  decision: QuarantineDecision,
): Promise<DecidedQuarantined> {
  return await db.transaction(async (trx) => {
    const message = await findQuarantined(trx, id);
    if (!message) return { kind: 'gone' };
    const address = message.fromAddress ?? '';
    const done =
      decision === 'reject'
        ? await dealWith(trx, id, actorId)
        : await putBackReleased(trx, id, actorId);
    if (!done) return { kind: 'cannot-be-filed' };
    if (decision === 'allow') await allowSender(trx, address, actorId);
    await recordAudit(trx, `quarantine.${decision}`, { message: id, address }, actorId);
    if ((await countQuarantine(trx)) === 0) await deleteNotices(trx, ['quarantined']);
    return { kind: 'done', address };
  });
}
