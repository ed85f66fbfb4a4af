import type { Knex } from 'knex';

import { headerLength } from '../archiving/header-fields.ts';
import { readHeader } from '../archiving/read-header.ts';
import { findMembers } from '../groups/group-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import type { ClaimedMessage } from '../ledger/claim-messages.ts';
import { saveDecisions } from '../ledger/save-decisions.ts';
import type { Originals } from '../originals/originals.ts';

/** So much of a message's beginning is looked at for whom it is from: it may be what killed its readers. */
const BEGINNING = 64 * 1024;
const MAX_ADDRESSES = 10;

/** Ends the tries on a message that can't be read. Its original is kept and can be looked at. */
export async function quarantineUnreadable(
  trx: Knex.Transaction,
  originals: Originals,
  message: ClaimedMessage,
  why: string,
): Promise<void> {
  const plan = {
    outcome: 'quarantined',
    reason: 'unreadable',
    capture: null,
    ownerId: null,
    ...(await readBeginning(trx, originals, message)),
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

/** By what people find the message in the log: its mail is not to be seen otherwise. */
async function readBeginning(trx: Knex.Transaction, originals: Originals, message: ClaimedMessage) {
  const header = readHeader(await loadHeader(trx, originals, message), MAX_ADDRESSES);
  return {
    fromAddress: header.from[0]?.address ?? null,
    messageId: header.messageId,
    subject: header.subject === '' ? null : header.subject,
  };
}

async function loadHeader(
  trx: Knex.Transaction,
  originals: Originals,
  { original_id, size }: ClaimedMessage,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    const beginning = originals.slice(trx, original_id, 0, Math.min(size, BEGINNING));
    for await (const part of beginning) parts.push(part);
  } catch {
    // An original that is damaged may be why it can't be read; that must not keep it from its end.
  }
  const raw = Buffer.concat(parts);
  return raw.subarray(0, headerLength(raw));
}
