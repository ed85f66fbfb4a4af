import type { Knex } from 'knex';
import { claimAddresses } from '../../db/advisory-locks.ts';
import { queryRows } from '../../db/query-rows.ts';
import { visibleTo } from '../../emails/visible-to.ts';
import type { Viewer } from '../../shared/viewer.ts';
import type { UndoableDecision } from '../undo/find-undoable.ts';

/** Emails on which something carries the decision, and the one it was about. */
const AFFECTED = `
  select email_id as id from email_people where decision_id = :id or unlinked_by = :id
  union select id from emails where decision_id = :id
  union select email_id from decisions where id = :id`;

/**
 * Claims the addresses of all emails that the decision touched, and those that it gave. Mail that is
 * being linked by it meanwhile brings new ones: then all begins anew, since locks are taken in order.
 */
export async function claimAffected(trx: Knex.Transaction, decisionId: number): Promise<void> {
  await trx.raw('savepoint before_claims');
  for (;;) {
    const addresses = new Set(await findAffectedAddresses(trx, decisionId));
    await claimAddresses(trx, addresses);
    const now = await findAffectedAddresses(trx, decisionId);
    if (now.every((address) => addresses.has(address))) return;
    await trx.raw('rollback to savepoint before_claims');
  }
}

async function findAffectedAddresses(trx: Knex.Transaction, id: number): Promise<string[]> {
  const rows = await queryRows<{ address: string }>(
    trx,
    `select p.address from email_participants p where p.linkable and p.email_id in (${AFFECTED})
     union select address from person_addresses where decision_id = :id
     union select address from pending_rematches where decision_id = :id`,
    { id },
  );
  return rows.map(({ address }) => address);
}

/**
 * Locks the decision, the records that gained something by it, and the emails, in the order in which
 * gaining an address does. Links that are being made with the decision's number need not wait.
 *
 * @returns the emails.
 */
export async function lockAffected(trx: Knex.Transaction, id: number): Promise<number[]> {
  await trx.raw('select from decisions where id = ? for no key update', [id]);
  await trx.raw(
    `select from people
      where decision_id = :id
         or id in (select person_id from person_addresses where decision_id = :id)
      order by id for update`,
    { id },
  );
  const rows = await queryRows<{ id: number }>(
    trx,
    `select e.id from emails e where e.id in (${AFFECTED}) order by e.id for update`,
    { id },
  );
  return rows.map((row) => row.id);
}

/** Emails beside the one decided about that carry the decision and that the viewer may see. */
export async function countOthers(
  trx: Knex.Transaction,
  viewer: Viewer,
  decision: Pick<UndoableDecision, 'id' | 'emailId'>,
): Promise<number> {
  const visible = visibleTo(viewer);
  const [row] = await queryRows<{ count: number }>(
    trx,
    `select count(*) as count from emails e
      where e.id in (select email_id from email_people where decision_id = ?
                     union select id from emails where decision_id = ? and state = 'discarded')
        and e.id <> ? and ${visible.sql}`,
    [decision.id, decision.id, decision.emailId, ...visible.bindings],
  );
  return row?.count ?? 0;
}
