import type { Knex } from 'knex';
import type { TraceStep } from '../archiving/trace.ts';
import { findMembers } from '../groups/group-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import { queryRows } from '../db/query-rows.ts';
import { mbOfBytes } from '../shared/message-size.ts';
import { leaveOnServer } from './leave-on-server.ts';
import { ledgerKey, type FolderState, type SeenMessage } from './store-messages.ts';

/** What the header of a message says that is not fetched. */
export interface HeaderOfUnfetched {
  readonly fromAddress: string | null;
  readonly ownerId: number | null;
  readonly subject: string;
  readonly messageId: string | null;
  readonly steps: readonly TraceStep[];
}

/**
 * A message over the size limit stays where it is, quarantined by reference. Whoever it is of is told
 * once; without an owner, Super Administrators are.
 */
export async function insertTooLarge(
  trx: Knex.Transaction,
  folder: FolderState,
  message: SeenMessage,
  { limit, header }: { readonly limit: number; readonly header: HeaderOfUnfetched },
): Promise<void> {
  const columns = {
    size: message.size,
    internal_date: message.internalDate,
    owner_id: header.ownerId,
    from_address: header.fromAddress,
    subject: header.subject,
    message_id: header.messageId,
    trace: JSON.stringify({ steps: header.steps }) as never,
  };
  const rows = await trx('inbound_messages')
    .insert({ ...ledgerKey(folder, message), state: 'failed', ...columns })
    .onConflict(['mailbox_id', 'uidvalidity', 'uid'])
    .merge(columns)
    .whereNull('inbound_messages.original_id')
    .returning('id');
  const [row] = rows;
  if (!row) return;
  const error = `The message has ${mbOfBytes(message.size)} MB; the limit is ${mbOfBytes(limit)} MB.`;
  await leaveOnServer(trx, row.id, 'too-large', error);
  if (await wasToldBefore(trx, row.id)) return;
  const { ownerId } = header;
  if (ownerId !== null) {
    await raiseNotices(trx, [{ userId: ownerId, kind: 'too-large', subject: '' }]);
    return;
  }
  const admins = await findMembers(trx, 'super-administrators');
  await raiseNotices(
    trx,
    admins.map((userId) => ({ userId, kind: 'quarantined', subject: '' })),
  );
}

/** The same message, before the folder was numbered anew. */
async function wasToldBefore(trx: Knex.Transaction, id: number): Promise<boolean> {
  const rows = await queryRows(
    trx,
    `select from inbound_messages m join inbound_messages o on o.message_id = m.message_id
      where m.id = ? and o.mailbox_id = m.mailbox_id and o.state = 'gone'
        and o.reason = 'too-large' and o.size = m.size
        and o.uidvalidity <> m.uidvalidity limit 1`,
    [id],
  );
  return rows.length > 0;
}
