import type { Knex } from 'knex';

import { queryRows } from '../db/query-rows.ts';
import type { InboundMessageRow } from '../db/rows.ts';
import type { Capture, Outcome, Reason } from '../shared/outcome.ts';
import { WAITS_FOR_DNS } from './shown-state.ts';

/** One message in the archive log, as it was decided at receipt. */
export interface LogEntry {
  readonly id: number;
  /** As received, with its brackets; null when it had none. */
  readonly messageId: string | null;
  /** null while the message waits to be filed. */
  readonly outcome: Outcome | null;
  /** Of its outcome; while it has none, how it stands: it waits, or trying failed and goes on. */
  readonly reason: Reason | 'waiting' | 'failed';
  readonly capture: Capture | null;
  /** The owner's primary address. */
  readonly owner: string | null;
  /** Addresses of linked records that matched, sorted. */
  readonly people: readonly string[];
}

const PAGE = 1000;

/** Every message of the ledger, oldest first, a page at a time. */
export async function* readLog(db: Knex): AsyncGenerator<LogEntry> {
  let after = 0;
  for (;;) {
    const page = await queryRows<LogEntry>(
      db,
      `select m.id, m.message_id as "messageId", m.outcome, m.capture,
              coalesce(m.reason, case when m.state = 'failed' and m.error is distinct from ? then 'failed' else 'waiting' end) as reason,
              a.address as owner, m.people_addresses as people
         from inbound_messages m
         left join user_addresses a on a.user_id = m.owner_id and a.is_primary
        where m.id > ? and m.state <> 'gone'
        order by m.id limit ?`,
      [WAITS_FOR_DNS, after, PAGE],
    );
    yield* page;
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) return;
  }
}

/** A message with everything that the ledger knows of it, its original left out. */
export type LedgerEntry = Omit<InboundMessageRow, 'fingerprint' | 'original_id'>;

/** PostgreSQL's bigint and JavaScript's numbers hold all of these exactly. */
const LEDGER_NUMBER = /^\d{1,15}$/;

/**
 * Finds messages by ledger number, or by Message-ID with or without its brackets. Digits alone are a number
 * only: a sender chooses the Message-ID, and so might add a message to the one that is asked for.
 */
export async function findLedgerEntries(db: Knex, id: string): Promise<LedgerEntry[]> {
  const bare = id.replace(/^<|>$/g, '');
  const query = db('inbound_messages').orderBy('id');
  if (LEDGER_NUMBER.test(id)) void query.where({ id: Number(id) });
  else if (/^\d+$/.test(id)) return [];
  else void query.whereIn('message_id', [id, bare, `<${bare}>`]);
  const rows = await query.select();
  return rows.map(({ fingerprint: _f, original_id: _o, ...entry }) => entry);
}
