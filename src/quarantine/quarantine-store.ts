import type { Knex } from 'knex';

import { execute, queryRows } from '../db/query-rows.ts';
import { ringKeeper } from '../ledger/poll-requests.ts';
import type { Reason, TrustVerdict } from '../shared/outcome.ts';

/** A message that is kept apart and waits for somebody's look. */
export interface QuarantinedMessage {
  readonly id: number;
  readonly reason: Reason;
  readonly verdict: TrustVerdict | null;
  /** From, as it claims; null where there is none. */
  readonly fromAddress: string | null;
  /** The user whose address it claims; null for nobody. */
  readonly claims: string | null;
  readonly subject: string;
  readonly storedAt: Date;
  readonly size: number;
  /** null: it could not be fetched. */
  readonly originalId: number | null;
  /** What was found about its sender, as a sentence of the trace. */
  readonly why: string | null;
}

const COLUMNS = `m.id, m.reason, m.verdict, m.from_address as "fromAddress", u.name as claims,
  coalesce(m.subject, '') as subject, m.stored_at as "storedAt", m.size, m.original_id as "originalId",
  (select s ->> 'why' from jsonb_array_elements(m.trace -> 'steps') s
    where s ->> 'step' = case when m.reason = 'no-single-from' then 'screen' else 'trust' end
    limit 1) as why`;
/** What is too large is its owner's to deal with. */
const WAITING = `m.outcome = 'quarantined' and m.dealt_with_at is null and m.reason <> 'too-large'`;

/** The newest first; `before` is the last number of the page above. */
export async function listQuarantine(
  db: Knex,
  before: number | null,
  limit: number,
): Promise<QuarantinedMessage[]> {
  return await queryRows<QuarantinedMessage>(
    db,
    `select ${COLUMNS} from inbound_messages m left join users u on u.id = m.owner_id
      where ${WAITING} and m.id < coalesce(?, 9223372036854775807)
      order by m.id desc limit ?`,
    [before, limit],
  );
}

export async function findQuarantined(db: Knex, id: number): Promise<QuarantinedMessage | null> {
  const [row] = await queryRows<QuarantinedMessage>(
    db,
    `select ${COLUMNS} from inbound_messages m left join users u on u.id = m.owner_id
      where ${WAITING} and m.id = ?`,
    [id],
  );
  return row ?? null;
}

export async function countQuarantine(db: Knex): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*)::int as count from inbound_messages m where ${WAITING}`,
    [],
  );
  return row?.count ?? 0;
}

/**
 * Puts a message back to be filed as its owner's, whatever is known of its sender. Only what was held
 * back for that: what cannot be read, or has no single From, has no owner.
 *
 * @returns false where it is not there, or no such message.
 */
export async function putBackReleased(
  trx: Knex.Transaction,
  id: number,
  actorId: number,
): Promise<boolean> {
  const released = await execute(
    trx,
    `update inbound_messages m
        set state = 'stored', outcome = null, reason = null, attempts = 0, failures = 0,
            released_by = ?,
            trace = jsonb_build_object('before', jsonb_build_object(
              'outcome', outcome, 'reason', reason, 'decidedAt', decided_at))
      where m.id = ? and ${WAITING} and m.reason = 'sender-not-trusted' and m.original_id is not null`,
    [actorId, id],
  );
  if (released > 0) await ringKeeper(trx, 'unfiled');
  return released > 0;
}

/** Takes a message off the list: it stays quarantined, and in the log. @returns false when it is not there. */
export async function dealWith(
  trx: Knex.Transaction,
  id: number,
  actorId: number,
): Promise<boolean> {
  const done = await execute(
    trx,
    `update inbound_messages m set dealt_with_by = ?, dealt_with_at = now()
      where m.id = ? and ${WAITING}`,
    [actorId, id],
  );
  return done > 0;
}
