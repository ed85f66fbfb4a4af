import type { Knex } from 'knex';

import { findMembers } from '../groups/group-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import type { ClaimedMessage } from '../ledger/claim-messages.ts';
import { saveDecisions } from '../ledger/save-decisions.ts';

/** Ends the tries on a message that can't be read. Its original is kept and can be looked at. */
export async function quarantineUnreadable(
  trx: Knex.Transaction,
  message: ClaimedMessage,
  why: string,
): Promise<void> {
  const plan = {
    outcome: 'quarantined',
    reason: 'unreadable',
    capture: null,
    ownerId: null,
    fromAddress: null,
    messageId: null,
    subject: null,
    matchedAddresses: [],
    trace: null,
  } as const;
  await saveDecisions(trx, [
    { id: message.id, fingerprint: null, plan, note: { unreadable: why } },
  ]);
  const admins = await findMembers(trx, 'super-administrators');
  await raiseNotices(
    trx,
    admins.map((userId) => ({ userId, kind: 'quarantined', subject: '' })),
  );
}
