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

/** Finds messages by ledger number, or by Message-ID with or without its brackets. */
export async function findLedgerEntries(db: Knex, id: string): Promise<LedgerEntry[]> {
  const number = /^\d{1,15}$/.test(id) ? Number(id) : null;
  const bare = id.replace(/^<|>$/g, '');
  const rows = await db('inbound_messages')
    .where((query) => {
      void query.whereIn('message_id', [id, bare, `<${bare}>`]);
      if (number !== null) void query.orWhere({ id: number });
    })
    .orderBy('id')
    .select();
  return rows.map(({ fingerprint: _f, original_id: _o, ...entry }) => entry);
}
