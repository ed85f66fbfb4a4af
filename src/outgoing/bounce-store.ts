import type { Knex } from 'knex';

import type { FilingPlan } from '../archiving/filing-plan.ts';
import { claimBounceSending } from '../db/advisory-locks.ts';
import type { OutgoingMessageRow } from '../db/rows.ts';
import { execute, queryRows } from '../db/query-rows.ts';
import { findMembers } from '../groups/group-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import { readOutgoingFrom } from './outgoing-settings.ts';

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
  { to, language }: NonNullable<FilingPlan['bounce']>,
): Promise<QueueBounceResult> {
  const result = await execute(
    trx,
    `insert into outgoing_messages (kind, state, recipient, language, inbound_message_id, expires_at)
     select 'bounce', 'pending', ?, ?, ?, now() + ?::interval
      where not exists (
        select from outgoing_messages
         where recipient = ? and kind = 'bounce' and state <> 'expired'
           and created_at > now() - ?::interval)
     on conflict (inbound_message_id) do nothing`,
    [to, language, inboundMessageId, EXPIRES_AFTER, to, PER_SENDER],
  );
  return result > 0 ? 'queued' : 'told-already';
}

export type DueBounce = Pick<OutgoingMessageRow, 'id' | 'recipient' | 'language' | 'attempts'> & {
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
          where kind = 'bounce' and state = 'pending' and next_try_at <= now() and expires_at > now()
            and (select count(*) from outgoing_messages where kind = 'bounce' and state = 'sending')
              + (select count(*) from outgoing_messages where kind = 'bounce' and state in ('sent', 'unknown')
                    and finished_at > now() - interval '1 hour') < ?
          order by id limit 1 for update skip locked)
       update outgoing_messages o
          set state = 'sending', attempts = o.attempts + 1, sending_since = now()
         from due, inbound_messages m
        where o.id = due.id and m.id = o.inbound_message_id
        returning o.id, o.recipient, o.language, o.attempts, m.message_id, m.subject`,
      [PER_HOUR],
    );
    return rows[0] ?? null;
  });
}

/**
 * Closes what can't be sent any more: messages past their time, and those whose sender died between
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
    const expired = await queryRows<{ kind: string; address: string }>(
      trx,
      `update outgoing_messages
          set state = 'expired', finished_at = now(),
              response = coalesce(response, 'Not sent within a day: set up outgoing mail.')
        where id in (select id from outgoing_messages
                      where state = 'pending' and expires_at <= now() for update skip locked)
        returning kind, recipient as address`,
      [],
    );
    await tellOfExpired(
      trx,
      expired.filter(({ kind }) => kind === 'bounce').map(({ address }) => address),
    );
    return { unknown, expired: expired.length };
  });
}

/** Without outgoing mail they were told when the mail came; where it does not work, they are now. */
async function tellOfExpired(trx: Knex.Transaction, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0 || (await readOutgoingFrom(trx)) === null) return;
  const admins = await findMembers(trx, 'super-administrators');
  await raiseNotices(
    trx,
    admins.flatMap((userId) =>
      addresses.map((subject) => ({ userId, kind: 'sender-not-told' as const, subject })),
    ),
  );
}

const MOST_COUNTED = 10_000;

export interface UnsentBounces {
  /** Waiting to be sent; at most so many are counted. */
  readonly waiting: number;
  /** Given up in the last 14 days, because they could not be sent in time. */
  readonly expired: number;
}

/** How many senders could not be told so far; costs the same at any size. */
export async function countUnsentBounces(db: Knex): Promise<UnsentBounces> {
  const [row] = await queryRows<UnsentBounces>(
    db,
    `select (select count(*) from (select from outgoing_messages
               where kind = 'bounce' and state in ('pending', 'sending') limit :most) few) as waiting,
            (select count(*) from (select from outgoing_messages
               where kind = 'bounce' and state = 'expired' and finished_at > now() - interval '14 days'
               limit :most) few) as expired`,
    { most: MOST_COUNTED },
  );
  return row ?? { waiting: 0, expired: 0 };
}
