import type { Knex } from 'knex';

import type { FilingPlan } from '../archiving/filing-plan.ts';
import { queryRows } from '../db/query-rows.ts';

/** A decision about a message, as it goes into the ledger. */
export interface Decision {
  readonly id: number;
  /** Hex; null when the message could not be read far enough to have one. */
  readonly fingerprint: string | null;
  readonly plan: Pick<
    FilingPlan,
    'outcome' | 'reason' | 'capture' | 'ownerId' | 'fromAddress' | 'messageId' | 'matchedAddresses'
  > & { readonly subject: string | null; readonly trace: FilingPlan['trace'] | null };
  /** What is known of its sender; left out or null where nobody has looked. */
  readonly verdict?: FilingPlan['verdict'] | null;
  /** What the trace says beside the plan: the bounce that was queued, or why none was. */
  readonly note: Readonly<Record<string, unknown>>;
}

/**
 * Writes the outcomes. A message that was acknowledged before (it is filed again) needs nothing
 * more from the server; any other waits to be acknowledged.
 */
export async function saveDecisions(
  trx: Knex.Transaction,
  decisions: readonly Decision[],
): Promise<void> {
  await trx.raw(
    `update inbound_messages m
        set state = case when m.acknowledged_at is null then 'decided' else 'acknowledged' end,
            outcome = r.outcome, reason = r.reason, capture = r.capture, owner_id = r.owner_id,
            verdict = r.verdict, from_address = r.from_address, message_id = r.message_id, subject = r.subject,
            fingerprint = decode(r.fingerprint, 'hex'), people_addresses = r.people_addresses,
            trace = r.trace || case when jsonb_exists(m.trace, 'before')
              then jsonb_build_object('before', m.trace -> 'before') else '{}' end,
            decided_at = now(), error = null, next_try_at = null
       from jsonb_to_recordset(:rows::jsonb) as r(
            id bigint, outcome text, reason text, capture text, owner_id integer,
            verdict text, from_address text, message_id text, subject text, fingerprint text,
            people_addresses text[], trace jsonb)
      where m.id = r.id`,
    { rows: JSON.stringify(decisions.map(toRecord)) },
  );
}

function toRecord({ id, fingerprint, plan, verdict = null, note }: Decision) {
  return {
    id,
    fingerprint,
    outcome: plan.outcome,
    reason: plan.reason,
    capture: plan.capture,
    owner_id: plan.ownerId,
    verdict,
    from_address: plan.fromAddress,
    message_id: plan.messageId,
    subject: plan.subject,
    people_addresses: plan.matchedAddresses,
    trace: { ...plan.trace, ...note },
  };
}

/** A message that has an outcome, as a later one with its fingerprint (hex) needs to know it. */
export interface DecidedBefore {
  readonly id: number;
  readonly fingerprint: string;
  readonly ownerId: number | null;
  /** Its sender was not proven. */
  readonly heldBack: boolean;
}

const HELD_BACK = `(reason = 'sender-not-trusted')`;

/**
 * Earlier decisions about messages with these fingerprints (hex): what makes a duplicate, which itself is
 * left out. One for each owner; one that was held back only where there is no other.
 *
 * @param except a message that is no duplicate of itself.
 */
export async function findDecidedByFingerprint(
  db: Knex,
  fingerprints: readonly string[],
  except: number | null = null,
): Promise<DecidedBefore[]> {
  return await queryRows<DecidedBefore>(
    db,
    `select distinct on (fingerprint, owner_id) id, encode(fingerprint, 'hex') as fingerprint,
            owner_id as "ownerId", ${HELD_BACK} as "heldBack"
       from inbound_messages
      where fingerprint = any(array(select decode(f, 'hex') from unnest(?::text[]) as f))
        and outcome is not null and reason <> 'duplicate' and id is distinct from ?::bigint
      order by fingerprint, owner_id, ${HELD_BACK}, id`,
    [fingerprints, except],
  );
}
