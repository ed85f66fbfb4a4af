import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { ReprocessingMessageRow, ReprocessingRow } from '../db/reprocessing-rows.ts';
import type { Page } from '../http/pages.ts';
import type { MessageKey } from '../http/translation.ts';
import type { Viewer } from '../shared/viewer.ts';
import { findReprocessing } from './reprocessing-store.ts';
import type { Standing } from '../shared/standing.ts';

type Verdict = NonNullable<ReprocessingMessageRow['verdict']> | 'waiting';

interface AgainMessage {
  readonly id: number;
  readonly from: string | null;
  readonly storedAt: Date;
  readonly verdict: Verdict;
  readonly then: Standing | null;
  readonly now: Standing | null;
  /** What is not the same, by name; empty where there is nothing to compare. */
  readonly differs: readonly (keyof Standing)[];
}

/** What processing messages again changes, before and after it is applied. */
export interface ProcessAgainPage extends Page {
  readonly id: number;
  readonly state: ReprocessingRow['state'];
  readonly total: number;
  /** How many of each verdict. */
  readonly counts: ReadonlyMap<Verdict, number>;
  /** How many would be written. */
  readonly toApply: number;
  readonly messages: readonly AgainMessage[];
  /** Those that are not shown, of which there are many. */
  readonly notShown: number;
  /** Names by number. */
  readonly owners: ReadonlyMap<number, string>;
}

const SHOWN = 100;
const FIELDS = ['outcome', 'reason', 'capture', 'ownerId', 'people', 'found'] as const;
/** What matters most comes first. */
const ORDER: readonly Verdict[] = [
  ...(['changed', 'differs', 'fetch', 'applied', 'failed', 'would-lose', 'by-hand'] as const),
  ...(['gone', 'waits', 'waiting', 'same'] as const),
];

/** null when there is none that the viewer began. */
export async function loadProcessAgainPage(
  db: Knex,
  viewer: Viewer,
  id: number,
): Promise<ProcessAgainPage | null> {
  const found = await findReprocessing(db, viewer, id);
  if (!found) return null;
  const counts = await countVerdicts(db, id);
  const messages = await listMessages(db, id);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    title: 'log.again.title' satisfies MessageKey,
    section: 'administration',
    id,
    state: found.state,
    total,
    counts,
    toApply: (counts.get('differs') ?? 0) + (counts.get('fetch') ?? 0),
    messages,
    notShown: total - messages.length,
    owners: await findNames(db, messages),
  };
}

async function countVerdicts(db: Knex, id: number): Promise<Map<Verdict, number>> {
  const rows = await queryRows<{ verdict: Verdict; count: number }>(
    db,
    `select coalesce(verdict, 'waiting') as verdict, count(*) as count
       from reprocessing_messages where reprocessing_id = ? group by 1`,
    [id],
  );
  const counts = new Map(rows.map(({ verdict, count }) => [verdict, count]));
  return new Map(
    ORDER.flatMap((verdict) => (counts.has(verdict) ? [[verdict, counts.get(verdict) ?? 0]] : [])),
  );
}

async function listMessages(db: Knex, id: number): Promise<AgainMessage[]> {
  const rows = await queryRows<Omit<AgainMessage, 'differs'>>(
    db,
    `select m.id, m.from_address as "from", m.stored_at as "storedAt",
            coalesce(i.verdict, 'waiting') as verdict, i.standing_then as then, i.standing_now as now
       from reprocessing_messages i join inbound_messages m on m.id = i.message_id
      where i.reprocessing_id = ?
      order by array_position(?::text[], coalesce(i.verdict, 'waiting')), m.id desc limit ?`,
    [id, ORDER, SHOWN],
  );
  return rows.map((row) => ({ ...row, differs: differences(row.then, row.now) }));
}

function differences(then: Standing | null, now: Standing | null): (keyof Standing)[] {
  if (!then || !now) return [];
  return FIELDS.filter((field) => String(then[field]) !== String(now[field]));
}

async function findNames(
  db: Knex,
  messages: readonly AgainMessage[],
): Promise<Map<number, string>> {
  const ids = messages.flatMap(({ then, now }) => [then?.ownerId ?? null, now?.ownerId ?? null]);
  const rows = await db('users')
    .whereIn('id', [...new Set(ids.filter((id) => id !== null))])
    .select('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, name]));
}
