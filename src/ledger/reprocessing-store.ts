import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { ReprocessingMessageRow, ReprocessingRow } from '../db/reprocessing-rows.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { ringKeeper } from './poll-requests.ts';

/** As many messages at once: they are all shown before anything is applied. */
export const MOST_AGAIN = 500;
/** What was compared so long ago is of no use any more. */
const KEPT = '30 days';

/** Mail that is kept apart is for Super Administrators. For `inbound_messages m`. */
export function mayProcessAgain(viewer: Pick<Viewer, 'groups'>): string {
  if (isSuperAdministrator(viewer)) return `m.state <> 'gone'`;
  return `m.state <> 'gone' and (m.outcome is null or m.outcome not in ('rejected', 'quarantined'))`;
}

/**
 * Begins to compare messages, those of them that the viewer may process again.
 *
 * @returns its number, and how many of the messages were left out; null when there is nothing to do.
 */
export async function beginReprocessing(
  trx: Knex.Transaction,
  viewer: Viewer,
  ids: readonly number[],
): Promise<{ readonly id: number; readonly leftOut: number } | null> {
  const allowed = await queryRows<{ id: number }>(
    trx,
    `select m.id from inbound_messages m where m.id = any(?) and ${mayProcessAgain(viewer)} limit ?`,
    [ids, MOST_AGAIN],
  );
  if (allowed.length === 0) return null;
  await trx('reprocessings')
    .where('created_at', '<', trx.raw(`now() - ?::interval`, [KEPT]))
    .delete();
  const rows = await trx('reprocessings').insert({ actor_id: viewer.id }).returning('id');
  const [row] = rows;
  if (!row) throw new Error('The database gave no number.');
  const messages = allowed.map((one) => ({ reprocessing_id: row.id, message_id: one.id }));
  await trx('reprocessing_messages').insert(messages);
  await ringKeeper(trx, 'unfiled');
  return { id: row.id, leftOut: new Set(ids).size - allowed.length };
}

/** Has what differs applied. @returns how many messages; 0 when there is nothing to apply (any more). */
export async function confirmReprocessing(trx: Knex.Transaction, id: number): Promise<number> {
  const open = await trx('reprocessings').where({ id }).forUpdate().first('state');
  if (open?.state !== 'compared') return 0;
  const differ = await trx('reprocessing_messages')
    .where({ reprocessing_id: id })
    .whereIn('verdict', ['differs', 'fetch'])
    .update({ attempts: 0 });
  if (differ === 0) return 0;
  await trx('reprocessings').where({ id }).update({ state: 'applying' });
  await ringKeeper(trx, 'unfiled');
  return differ;
}

/** Whose it is, and what state it is in; null when the viewer did not begin it, or may no more. */
export async function findReprocessing(
  db: Knex,
  viewer: Viewer,
  id: number,
): Promise<ReprocessingRow | null> {
  const row = await db('reprocessings').where({ id, actor_id: viewer.id }).first();
  if (!row) return null;
  if (isSuperAdministrator(viewer)) return row;
  // Whoever is no Super Administrator any more sees nothing of what only they may.
  const held = await queryRows(
    db,
    `select from reprocessing_messages where reprocessing_id = ?
        and standing_then ->> 'outcome' in ('rejected', 'quarantined') limit 1`,
    [id],
  );
  return held.length > 0 ? null : row;
}

/** The next message to work on, and in which way. */
export interface OpenReprocessing extends Pick<
  ReprocessingMessageRow,
  'reprocessing_id' | 'message_id' | 'attempts' | 'standing_now'
> {
  readonly state: ReprocessingRow['state'];
  readonly actor_id: number;
}

export async function nextToReprocess(db: Knex): Promise<OpenReprocessing | null> {
  const [row] = await queryRows<OpenReprocessing>(
    db,
    `select i.reprocessing_id, i.message_id, i.attempts, i.standing_now, r.state, r.actor_id
       from reprocessings r join reprocessing_messages i on i.reprocessing_id = r.id
      where (r.state = 'comparing' and i.verdict is null)
         or (r.state = 'applying' and i.verdict in ('differs', 'fetch'))
      order by r.id, i.message_id limit 1`,
    [],
  );
  return row ?? null;
}

/** Ends those of which nothing is left to do. */
export async function closeReprocessings(db: Knex): Promise<void> {
  await db.raw(
    `update reprocessings r
        set state = case state when 'comparing' then 'compared' else 'applied' end
      where r.state in ('comparing', 'applying')
        and not exists (select from reprocessing_messages i where i.reprocessing_id = r.id
              and case r.state when 'comparing' then i.verdict is null
                               else i.verdict in ('differs', 'fetch') end)`,
  );
}
