import type { Knex } from 'knex';
import { claimAddresses } from '../../db/advisory-locks.ts';
import { queryRows } from '../../db/query-rows.ts';
import { restoreDiscarded, settleEmails } from '../../emails/link-store.ts';
import { clearUnmatchedNotices, raiseNotices } from '../../inbox/notice-store.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { findLinkableAddresses } from '../decisions/decision-store.ts';
import { giveManyBack } from './give-back.ts';
import { markUndone } from './undo-store.ts';

/** A decision that still is what became of its email. */
interface Untouched {
  readonly id: number;
  readonly emailId: number;
}

/**
 * Takes back the viewer's decisions of one bulk action together, where each is about one email alone:
 * discarding and handing over, as undoDecision does one by one. What has moved on is left to be told so.
 *
 * @returns those that were taken back.
 */
export async function undoMany(
  db: Knex,
  viewer: Viewer,
  kind: 'discard' | 'hand-over',
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  return await db.transaction(async (trx) => {
    const emailIds = (await findUntouched(trx, viewer, kind, ids)).map(({ emailId }) => emailId);
    if (emailIds.length === 0) return new Set<number>();
    // In the order of undoing one: addresses, decisions, emails.
    await claimAddresses(trx, await findLinkableAddresses(trx, emailIds));
    await trx.raw('select from decisions where id = any(?) order by id for no key update', [
      [...ids],
    ]);
    await trx.raw('select from emails where id = any(?) order by id for update', [emailIds]);
    const untouched = await findUntouched(trx, viewer, kind, ids);
    const undone =
      kind === 'discard'
        ? await restoreMany(trx, viewer, untouched)
        : await takeManyBack(trx, viewer, untouched);
    await markUndone(trx, viewer, undone);
    return new Set(undone);
  });
}

/** Those that nobody has undone, about emails that are still what they were made. */
async function findUntouched(
  trx: Knex.Transaction,
  viewer: Viewer,
  kind: 'discard' | 'hand-over',
  ids: readonly number[],
): Promise<Untouched[]> {
  return await queryRows<Untouched>(
    trx,
    `select d.id, e.id as "emailId" from decisions d join emails e on e.id = d.email_id
      where d.id = any(:ids) and d.kind = :kind and d.actor_id = :viewer and d.undone_at is null
        and ${
          kind === 'discard'
            ? `e.decision_id = d.id and e.state = 'discarded'
               and (e.owner_id = :viewer or e.visibility = 'shared')`
            : `e.handed_over_by = d.id and e.state = 'unmatched'`
        }`,
    { ids, kind, viewer: viewer.id },
  );
}

async function restoreMany(
  trx: Knex.Transaction,
  viewer: Viewer,
  untouched: readonly Untouched[],
): Promise<number[]> {
  const ids = untouched.map(({ id }) => id);
  const emailIds = untouched.map(({ emailId }) => emailId);
  await restoreDiscarded(trx, ids);
  await settleEmails(trx, emailIds);
  const owners = await queryRows<{ id: number }>(
    trx,
    `select distinct owner_id as id from emails where id = any(?) and state = 'unmatched'`,
    [emailIds],
  );
  await raiseNotices(
    trx,
    owners.map(({ id }) => ({ userId: id, kind: 'unmatched', subject: '' })),
  );
  await clearUnmatchedNotices(trx, [viewer.id]);
  return ids;
}

async function takeManyBack(
  trx: Knex.Transaction,
  viewer: Viewer,
  untouched: readonly Untouched[],
): Promise<number[]> {
  const given = await giveManyBack(
    trx,
    viewer.id,
    untouched.map(({ id }) => id),
  );
  await clearUnmatchedNotices(
    trx,
    (given ?? []).map(({ from }) => from),
  );
  return (given ?? []).map(({ id }) => id);
}
