import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import { raiseNotices } from '../../inbox/notice-store.ts';
import { requestSuggestions } from '../../suggestions/pending-store.ts';
import { lockActive } from '../decisions/hand-over-email.ts';

/** Why a hand-over is not taken back. */
export type NotGivenBack =
  /** Somebody has decided about the email since, or handed it on. */
  | { readonly kind: 'moved-on' }
  /** Whoever handed it over is not active any more. */
  | { readonly kind: 'giver-left' };

/**
 * Gives a waiting email back to whoever handed it over by that decision. The caller holds the locks of
 * undoing. @returns null when it is done.
 */
export async function giveBack(
  trx: Knex.Transaction,
  { id, actorId }: { readonly id: number; readonly actorId: number },
): Promise<NotGivenBack | null> {
  const given = await giveManyBack(trx, actorId, [id]);
  if (given === null) return { kind: 'giver-left' };
  return given.length === 0 ? { kind: 'moved-on' } : null;
}

/** @returns the decisions that were taken back, and who had the emails; null where the giver is not active. */
export async function giveManyBack(
  trx: Knex.Transaction,
  actorId: number,
  ids: readonly number[],
): Promise<{ readonly id: number; readonly from: number }[] | null> {
  if ((await lockActive(trx, actorId)) === null) return null;
  const given = await queryRows<{ id: number; from: number; emailId: number }>(
    trx,
    `update emails e set owner_id = :actor, handed_over_by = (
            select max(o.id) from decisions o
             where o.email_id = e.id and o.kind = 'hand-over' and o.to_user_id = :actor
               and o.undone_at is null and o.id < d.id)
       from decisions d
      where d.id = any(:ids) and d.kind = 'hand-over' and d.actor_id = :actor and d.undone_at is null
        and e.id = d.email_id and e.handed_over_by = d.id and e.state = 'unmatched'
      returning d.id, d.to_user_id as "from", e.id as "emailId"`,
    { ids, actor: actorId },
  );
  if (given.length === 0) return [];
  await requestSuggestions(
    trx,
    given.map(({ emailId }) => emailId),
  );
  await raiseNotices(trx, [{ userId: actorId, kind: 'unmatched', subject: '' }]);
  return given;
}
