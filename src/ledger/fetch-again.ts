import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { bytesOfMb, MOST_MESSAGE_MB } from '../shared/message-size.ts';
import { ringKeeper } from './poll-requests.ts';

/** It was put away nowhere: with the old dates it would count as acknowledged once it is filed. */
const BEGIN_ANEW = `state = 'failed', failures = 0, next_try_at = now(), outcome = null,
  reason = null, decided_at = null, acknowledged_at = null, acknowledgement = null`;
/** Still where it was seen, in the mailbox that is polled. */
const WITHIN_REACH = `m.original_id is null and b.id = m.mailbox_id and b.active
  and b.uidvalidity = m.uidvalidity`;
/** Given up, or too large, but not for anything. */
const CAN_BE_FETCHED = `${WITHIN_REACH} and m.size <= ${String(bytesOfMb(MOST_MESSAGE_MB))}
  and (m.state = 'failed' or (m.state = 'acknowledged'
       and m.reason in ('could-not-be-fetched', 'too-large')))`;

/** Whether fetchAgain would do something about it. */
export async function canFetchAgain(db: Knex, id: number): Promise<boolean> {
  const rows = await queryRows(
    db,
    `select from inbound_messages m, mailboxes b where m.id = ? and ${CAN_BE_FETCHED}`,
    [id],
  );
  return rows.length > 0;
}

/**
 * Has messages fetched that were given up, or were too large: a person has said so, and that is stronger
 * than the limit. Those that are larger than anything is allowed to be are left.
 *
 * @returns the ids of those that will be.
 */
export async function fetchAgain(trx: Knex.Transaction, ids: readonly number[]): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `update inbound_messages m
        set ${BEGIN_ANEW}, any_size = m.any_size or m.reason = 'too-large'
       from mailboxes b
      where m.id = any(?) and ${CAN_BE_FETCHED}
      returning m.id`,
    [ids],
  );
  if (rows.length > 0) await ringKeeper(trx, 'poll');
  return rows.map((row) => row.id);
}

/** Has those fetched that the limit of their mailbox lets through by now. @returns how many. */
export async function fetchWhatFits(trx: Knex.Transaction, mailboxId: number): Promise<number> {
  const rows = await queryRows(
    trx,
    `update inbound_messages m set ${BEGIN_ANEW}
       from mailboxes b
      where m.mailbox_id = ? and ${WITHIN_REACH} and m.state = 'acknowledged'
        and m.reason = 'too-large' and m.size <= b.max_message_mb * 1048576
      returning m.id`,
    [mailboxId],
  );
  return rows.length;
}
