import type { Knex } from 'knex';

import type { FilingPlan } from '../archiving/filing-plan.ts';
import { execute, queryRows } from '../db/query-rows.ts';
import { beginSending, type BegunMessage } from './begin-sending.ts';

/** A bounce nobody could send within this time is not worth sending any more. */
const EXPIRES_AFTER = '24 hours';
/** Nobody is told more often than this. */
const PER_SENDER = '24 hours';
/** All senders together: a flood of made-up senders must not become a flood of bounces. */
const PER_HOUR = 200;

/**
 * An address without its tag (RFC 5233): else somebody could have a bounce sent to one mailbox for every
 * tag there is. As in the index outgoing_messages_bounced.
 */
const withoutTag = (address: string) =>
  String.raw`regexp_replace(${address}, '^([^+]+)[+].*@', '\1@')`;

export type QueueBounceResult = 'queued' | 'told-already';

/** Queues a bounce unless this sender was told today, under whatever tag. The caller holds claimBounces. */
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
         where ${withoutTag('recipient')} = ${withoutTag('?')} and kind = 'bounce' and state <> 'expired'
           and created_at > now() - ?::interval)
     on conflict (inbound_message_id) do nothing`,
    [to, language, inboundMessageId, EXPIRES_AFTER, to, PER_SENDER],
  );
  return result > 0 ? 'queued' : 'told-already';
}

export type DueBounce = BegunMessage & {
  readonly message_id: string | null;
  readonly subject: string | null;
};

/** Takes the next bounce that is due, and commits that its sending has begun. */
export async function beginBounce(db: Knex): Promise<DueBounce | null> {
  return await db.transaction(async (trx) => {
    const begun = await beginSending(trx, 'bounce', PER_HOUR);
    if (!begun) return null;
    const about = await trx('inbound_messages')
      .where({ id: begun.inbound_message_id ?? 0 })
      .first('message_id', 'subject');
    return { ...begun, message_id: about?.message_id ?? null, subject: about?.subject ?? null };
  });
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
