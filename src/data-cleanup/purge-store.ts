import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';

const LONG_AGO = `state = 'discarded' and discarded_at < now() - make_interval(days => ?)`;

/** Emails that were discarded at least so many days ago, by id. */
export async function findLongDiscarded(
  db: Knex,
  days: number,
  after: number,
  limit: number,
): Promise<{ id: number; inboundMessageId: number }[]> {
  return await queryRows(
    db,
    `select id, inbound_message_id as "inboundMessageId" from emails
      where ${LONG_AGO} and id > ? order by id limit ?`,
    [days, after, limit],
  );
}

/** Deletes the email with all that hangs on it. @returns false when it is not discarded any more. */
export async function deleteDiscarded(
  trx: Knex.Transaction,
  id: number,
  days: number,
): Promise<boolean> {
  return (await execute(trx, `delete from emails where ${LONG_AGO} and id = ?`, [days, id])) > 0;
}

/** Deletes a message's original bytes if it has no email left. @returns whether it did. */
export async function deleteUnusedOriginal(
  trx: Knex.Transaction,
  inboundMessageId: number,
): Promise<boolean> {
  // Locked first: of two who delete the last two emails of a message, the second sees none left.
  const [message] = await queryRows<{ originalId: number | null }>(
    trx,
    'select original_id as "originalId" from inbound_messages where id = ? for update',
    [inboundMessageId],
  );
  const originalId = message?.originalId ?? null;
  const email = await trx('emails').where({ inbound_message_id: inboundMessageId }).first('id');
  if (originalId === null || email) return false;
  await trx('inbound_messages').where({ id: inboundMessageId }).update({ original_id: null });
  await execute(
    trx,
    `delete from originals o where id = ?
        and not exists (select from inbound_messages m where m.original_id = o.id)`,
    [originalId],
  );
  return true;
}
