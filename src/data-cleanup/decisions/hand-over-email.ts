import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import { clearUnmatchedNotices, raiseNotices } from '../../inbox/notice-store.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { requestSuggestions } from '../../suggestions/pending-store.ts';
import {
  claimEmail,
  isOwnEmail,
  lockWaiting,
  type Handled,
  type NotFound,
} from './decision-store.ts';

export type HandOverResult =
  | { readonly kind: 'handed-over'; readonly decisionId: number; readonly name: string }
  /** Nobody, not active any more, or the viewer. */
  | { readonly kind: 'no-colleague' }
  | Handled
  | NotFound;

/** Gives a waiting email of the viewer's to a colleague, who owns it and decides about it from then on. */
export async function handOverEmail(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  toUserId: number,
): Promise<HandOverResult> {
  if (!(await isOwnEmail(db, viewer, emailId))) return { kind: 'not-found' };
  return await db.transaction(async (trx) => {
    const name = toUserId === viewer.id ? null : await lockActive(trx, toUserId);
    await claimEmail(trx, emailId);
    const email = await lockWaiting(trx, viewer, emailId);
    if (email.kind !== 'waiting') return email;
    if (name === null) return { kind: 'no-colleague' };
    const [decisionId] = await giveAway(trx, viewer, { toUserId, ids: [emailId], bulkId: null });
    if (decisionId === undefined) throw new Error('The database gave no id for a decision.');
    await clearUnmatchedNotices(trx, [viewer.id]);
    return { kind: 'handed-over', decisionId, name };
  });
}

/**
 * Gives waiting emails of the viewer's, which are locked, to a colleague as part of a bulk action.
 *
 * @returns false where the colleague is none.
 */
export async function handOverMany(
  trx: Knex.Transaction,
  viewer: Viewer,
  given: { readonly toUserId: number; readonly ids: readonly number[]; readonly bulkId: number },
): Promise<boolean> {
  const { toUserId } = given;
  if (toUserId === viewer.id || (await lockActive(trx, toUserId)) === null) return false;
  await giveAway(trx, viewer, given);
  return true;
}

/** @returns the numbers of the decisions. */
async function giveAway(
  trx: Knex.Transaction,
  viewer: Viewer,
  {
    toUserId,
    ids,
    bulkId,
  }: {
    readonly toUserId: number;
    readonly ids: readonly number[];
    readonly bulkId: number | null;
  },
): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `with made as (
       insert into decisions (actor_id, kind, email_id, to_user_id, bulk_id)
       select :viewer, 'hand-over', id, :toUserId, :bulkId::bigint
         from unnest(:ids::bigint[]) as w(id) order by id desc
       returning id, email_id)
     update emails e set owner_id = :toUserId, handed_over_by = made.id
       from made where e.id = made.email_id returning made.id`,
    { viewer: viewer.id, toUserId, bulkId, ids },
  );
  await requestSuggestions(trx, ids);
  await raiseNotices(trx, [{ userId: toUserId, kind: 'handed-over', subject: String(viewer.id) }]);
  return rows.map(({ id }) => id);
}

/**
 * The name of an active user, who stays so until the transaction ends; null for any other. Asked before
 * addresses are claimed: giving a user an address locks the two in that order.
 */
export async function lockActive(trx: Knex.Transaction, userId: number): Promise<string | null> {
  const rows = await queryRows<{ name: string }>(
    trx,
    'select name from users where id = ? and disabled_at is null for share',
    [userId],
  );
  return rows[0]?.name ?? null;
}
