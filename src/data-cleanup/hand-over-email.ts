import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import { clearUnmatchedNotices, raiseNotices } from '../inbox/notice-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { requestSuggestions } from '../suggestions/pending-store.ts';
import {
  claimEmail,
  insertDecision,
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
    await claimEmail(trx, emailId);
    const email = await lockWaiting(trx, viewer, emailId);
    if (email.kind !== 'waiting') return email;
    const name = toUserId === viewer.id ? null : await lockActive(trx, toUserId);
    if (name === null) return { kind: 'no-colleague' };
    const decisionId = await insertDecision(trx, {
      actor_id: viewer.id,
      kind: 'hand-over',
      email_id: emailId,
      to_user_id: toUserId,
    });
    await trx('emails')
      .where({ id: emailId })
      .update({ owner_id: toUserId, handed_over_by: decisionId });
    await requestSuggestions(trx, [emailId]);
    await raiseNotices(trx, [
      { userId: toUserId, kind: 'handed-over', subject: String(viewer.id) },
    ]);
    await clearUnmatchedNotices(trx, [viewer.id]);
    return { kind: 'handed-over', decisionId, name };
  });
}

/** The name of an active user, who stays so until the transaction ends; null for any other. */
async function lockActive(trx: Knex.Transaction, userId: number): Promise<string | null> {
  const rows = await queryRows<{ name: string }>(
    trx,
    'select name from users where id = ? and disabled_at is null for share',
    [userId],
  );
  return rows[0]?.name ?? null;
}

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
  {
    id,
    emailId,
    actorId,
  }: { readonly id: number; readonly emailId: number; readonly actorId: number },
): Promise<NotGivenBack | null> {
  if ((await lockActive(trx, actorId)) === null) return { kind: 'giver-left' };
  const given = await execute(
    trx,
    `update emails e set owner_id = :actor, handed_over_by = (
            select max(d.id) from decisions d
             where d.email_id = e.id and d.kind = 'hand-over' and d.to_user_id = :actor
               and d.undone_at is null and d.id < :id)
      where e.id = :emailId and e.handed_over_by = :id and e.state = 'unmatched'`,
    { id, emailId, actor: actorId },
  );
  if (given === 0) return { kind: 'moved-on' };
  await requestSuggestions(trx, [emailId]);
  await raiseNotices(trx, [{ userId: actorId, kind: 'unmatched', subject: '' }]);
  return null;
}
