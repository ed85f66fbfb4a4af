import type { Knex } from 'knex';

import { claimBounceSending } from '../db/advisory-locks.ts';
import type { OutgoingMessageRow } from '../db/rows.ts';
import { execute, queryRows } from '../db/query-rows.ts';

/** A bounce nobody could send within this time is not worth sending any more. */
const EXPIRES_AFTER = '24 hours';
/** Nobody is told more often than this. */
const PER_SENDER = '24 hours';
/** All senders together: a flood of made-up senders must not become a flood of bounces. */
const PER_HOUR = 200;

export type QueueBounceResult = 'queued' | 'told-already';

/** Queues a bounce unless this sender was told today. The caller holds claimBounces. */
export async function queueBounce(
  trx: Knex.Transaction,
  inboundMessageId: number,
  recipient: string,
): Promise<QueueBounceResult> {
  const result = await execute(
    trx,
    `insert into outgoing_messages (kind, state, recipient, inbound_message_id, expires_at)
     select 'bounce', 'pending', ?, ?, now() + ?::interval
      where not exists (
        select from outgoing_messages
         where recipient = ? and kind = 'bounce' and state <> 'expired'
           and created_at > now() - ?::interval)
     on conflict (inbound_message_id) do nothing`,
    [recipient, inboundMessageId, EXPIRES_AFTER, recipient, PER_SENDER],
  );
  return result > 0 ? 'queued' : 'told-already';
}

export type DueBounce = Pick<
  OutgoingMessageRow,
  'id' | 'recipient' | 'inbound_message_id' | 'attempts'
> & {
  readonly message_id: string | null;
  readonly subject: string | null;
};

/**
 * Takes the next bounce that is due and commits that its sending has begun, before a byte leaves.
 * null: none is due, or this hour's number is reached (the rest waits for the next hour). What may
 * have left counts like what did.
 */
export async function beginSending(db: Knex): Promise<DueBounce | null> {
  return await db.transaction(async (trx) => {
    await claimBounceSending(trx);
    const rows = await queryRows<DueBounce>(
      trx,
      `with due as (
         select id from outgoing_messages
          where state = 'pending' and next_try_at <= now() and expires_at > now()
            and (select count(*) from outgoing_messages where state = 'sending')
              + (select count(*) from outgoing_messages where state in ('sent', 'unknown')
                    and finished_at > now() - interval '1 hour') < ?
          order by id limit 1 for update skip locked)
       update outgoing_messages o
          set state = 'sending', attempts = o.attempts + 1, sending_since = now()
         from due, inbound_messages m
        where o.id = due.id and m.id = o.inbound_message_id
        returning o.id, o.recipient, o.inbound_message_id, o.attempts, m.message_id, m.subject`,
      [PER_HOUR],
    );
    return rows[0] ?? null;
  });
}

/** Holds the row while it is being sent, so that others can tell a living sender from a dead one. */
export async function holdSending(trx: Knex.Transaction, id: number): Promise<boolean> {
  const row = await trx('outgoing_messages')
    .where({ id, state: 'sending' })
    .forUpdate()
    .first('id');
  return row !== undefined;
}

export async function finishSending(
  trx: Knex.Transaction,
  id: number,
  state: 'sent' | 'refused' | 'unknown',
  response: string,
): Promise<void> {
  await trx('outgoing_messages')
    .where({ id })
    .update({ state, response, finished_at: trx.fn.now() });
}

export async function tryAgainLater(
  trx: Knex.Transaction,
  id: number,
  seconds: number,
  response: string,
): Promise<void> {
  await trx('outgoing_messages')
    .where({ id })
    .update({
      state: 'pending',
      response,
      sending_since: null,
      next_try_at: trx.raw('now() + make_interval(secs => ?)', [seconds]),
    });
}

/**
 * Closes what can't be sent any more: bounces past their time, and those whose sender died between
 * beginning and end. Whether those went out can't be known, so they are never sent again.
 */
export async function closeAbandoned(db: Knex): Promise<{ unknown: number; expired: number }> {
  return await db.transaction(async (trx) => {
    const unknown = await execute(
      trx,
      `update outgoing_messages
          set state = 'unknown', finished_at = now(),
              response = 'The program was cut off while sending; unknown, not sent again.'
        where id in (select id from outgoing_messages
                      where state = 'sending' and sending_since < now() - interval '5 seconds'
                      for update skip locked)`,
      [],
    );
    const expired = await execute(
      trx,
      `update outgoing_messages
          set state = 'expired', finished_at = now(),
              response = coalesce(response, 'Not sent within a day: set up outgoing mail.')
        where id in (select id from outgoing_messages
                      where state = 'pending' and expires_at <= now() for update skip locked)`,
      [],
    );
    return { unknown: unknown, expired: expired };
  });
}
