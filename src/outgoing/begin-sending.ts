import type { Knex } from 'knex';
import { claimSending } from '../db/advisory-locks.ts';
import { queryRows } from '../db/query-rows.ts';
import type { OutgoingMessageRow } from '../db/rows.ts';

/** An outgoing message whose sending has begun; `attempts` counts this one too. */
export type BegunMessage = Pick<
  OutgoingMessageRow,
  'id' | 'attempts' | 'recipient' | 'language' | 'inbound_message_id' | 'digest_id' | 'user_id'
>;

/**
 * Takes the next message of a kind that is due. The caller commits that its sending has begun before a
 * byte leaves. null: none is due, or the hour's number is reached (the rest waits for the next hour).
 * What may have left counts like what did.
 */
export async function beginSending(
  trx: Knex.Transaction,
  kind: OutgoingMessageRow['kind'],
  perHour: number | null,
): Promise<BegunMessage | null> {
  await claimSending(trx);
  const rows = await queryRows<BegunMessage>(
    trx,
    `with due as (
       select id from outgoing_messages
        where kind = :kind and state = 'pending' and next_try_at <= now() and expires_at > now()
          and (:perHour::int is null
            or (select count(*) from outgoing_messages where kind = :kind and state = 'sending')
             + (select count(*) from outgoing_messages where kind = :kind and state in ('sent', 'unknown')
                   and finished_at > now() - interval '1 hour') < :perHour)
        order by id limit 1 for update skip locked)
     update outgoing_messages o
        set state = 'sending', attempts = o.attempts + 1, sending_since = now()
       from due where o.id = due.id
      returning o.id, o.attempts, o.recipient, o.language, o.inbound_message_id, o.digest_id, o.user_id`,
    { kind, perHour },
  );
  return rows[0] ?? null;
}
