import type { Knex } from 'knex';
import type { Logger } from '../../config/logger.ts';
import { execute, queryRows } from '../../db/query-rows.ts';
import type { BulkActionRow, BulkResult } from '../../db/rows.ts';
import type { Stoppable } from '../../shared/stoppable.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { selectedEmails, type BulkSelection } from './bulk-selection.ts';

/** What bulk actions are worked off with. */
export interface BulkDeps extends Stoppable {
  readonly db: Knex;
  readonly log: Pick<Logger, 'error' | 'info'>;
}

/** What is decided about each of the emails. */
export type BulkChoice =
  | { readonly kind: 'discard' | 'create-leads' }
  | {
      readonly kind: 'link';
      readonly personIds: readonly number[];
      readonly addAddresses: boolean;
    }
  | { readonly kind: 'hand-over'; readonly toUserId: number };

/**
 * One bulk action at a time: pressed twice, the second finds none that the first has not. Who decides about
 * an email in the same transaction asks before: users are locked before addresses.
 */
export async function holdViewer(trx: Knex.Transaction, viewer: Viewer): Promise<void> {
  await trx.raw('select from users where id = ? for no key update', [viewer.id]);
}

/** Notes a bulk action and the emails that it is about. @returns its number; null when there are none. */
export async function insertBulk(
  db: Knex,
  viewer: Viewer,
  choice: BulkChoice,
  selection: BulkSelection,
): Promise<number | null> {
  return await db.transaction(async (trx) => {
    await holdViewer(trx, viewer);
    const { sql, bindings } = selectedEmails(selection);
    const [bulk] = await trx('bulk_actions')
      .insert({
        actor_id: viewer.id,
        kind: choice.kind,
        to_user_id: choice.kind === 'hand-over' ? choice.toUserId : null,
        add_addresses: choice.kind === 'link' && choice.addAddresses,
      })
      .returning('id');
    if (!bulk) throw new Error('The database gave no id for a bulk action.');
    const count = await execute(
      trx,
      `insert into bulk_emails (bulk_id, email_id)
       select :bulk, id from emails where owner_id = :viewer and ${sql}`,
      { bulk: bulk.id, viewer: viewer.id, ...bindings },
    );
    if (count === 0) {
      await trx('bulk_actions').where({ id: bulk.id }).delete();
      return null;
    }
    if (choice.kind === 'link') {
      const people = choice.personIds.map((id) => ({ bulk_id: bulk.id, person_id: id }));
      await trx('bulk_people').insert(people).onConflict().ignore();
    }
    return bulk.id;
  });
}

/** The records that the emails of an action are linked to. */
export async function findBulkPeople(trx: Knex.Transaction, bulkId: number): Promise<number[]> {
  const rows = await trx('bulk_people').where({ bulk_id: bulkId }).orderBy('person_id');
  return rows.map((row) => row.person_id);
}

/** Counts an email among those of an action that was decided about when the action was begun. */
export async function insertDone(
  trx: Knex.Transaction,
  bulkId: number,
  { emailId, decisionId }: { readonly emailId: number; readonly decisionId: number },
): Promise<void> {
  await trx('bulk_emails').insert({ bulk_id: bulkId, email_id: emailId, result: 'done' });
  await trx('decisions').where({ id: decisionId }).update({ bulk_id: bulkId });
}

/** How many emails, and how many addresses, a selection has. */
export async function countSelected(
  db: Knex,
  viewer: Viewer,
  selection: BulkSelection,
): Promise<{ readonly emails: number; readonly addresses: number }> {
  const { sql, bindings } = selectedEmails(selection);
  const [row] = await queryRows<{ emails: number; addresses: number }>(
    db,
    `select count(*) as emails,
            count(distinct about_address) filter (where about_address <> '') as addresses
       from emails where owner_id = :viewer and state = 'unmatched' and ${sql}`,
    { viewer: viewer.id, ...bindings },
  );
  return row ?? { emails: 0, addresses: 0 };
}

/** Keeps an action from being taken back while one of its emails is decided about; null: it is not running. */
export async function holdRunning(
  trx: Knex.Transaction,
  bulkId: number,
): Promise<BulkActionRow | null> {
  return (
    (await trx('bulk_actions').where({ id: bulkId, state: 'running' }).forShare().first()) ?? null
  );
}

/** The newest email that it has not come to, and that no other process is at. */
export async function takeNext(trx: Knex.Transaction, bulkId: number): Promise<number | null> {
  const [row] = await queryRows<{ id: number }>(
    trx,
    `select email_id as id from bulk_emails where bulk_id = ? and result is null
      order by email_id desc limit 1 for update skip locked`,
    [bulkId],
  );
  return row?.id ?? null;
}

/** What became of an email of a bulk action. */
export interface EmailOutcome {
  readonly result: BulkResult;
  readonly decisionId?: number;
  readonly handledBy?: number | null;
  readonly handledAt?: Date | null;
}

export async function noteOutcome(
  db: Knex,
  bulkId: number,
  emailId: number,
  { result, decisionId, handledBy = null, handledAt = null }: EmailOutcome,
): Promise<void> {
  if (decisionId !== undefined) {
    await db('decisions').where({ id: decisionId }).update({ bulk_id: bulkId });
  }
  await db('bulk_emails')
    .where({ bulk_id: bulkId, email_id: emailId })
    .update({ result, handled_by: handledBy, handled_at: handledAt });
}

/** Ends an action when it has come to all of its emails. @returns whether it has. */
export async function finishBulk(db: Knex, bulkId: number): Promise<boolean> {
  await execute(
    db,
    `update bulk_actions set state = 'done', finished_at = now()
      where id = :bulkId and state = 'running'
        and not exists (select from bulk_emails where bulk_id = :bulkId and result is null)`,
    { bulkId },
  );
  const row = await db('bulk_actions').where({ id: bulkId }).first('state');
  return row?.state !== 'running';
}

/** Who else has decided about an email, and whether that was this action. */
export async function findDecider(
  trx: Knex.Transaction,
  emailId: number,
): Promise<{ readonly by: number; readonly at: Date; readonly bulkId: number | null } | null> {
  const [row] = await queryRows<{ by: number; at: Date; bulkId: number | null }>(
    trx,
    `select d.actor_id as by, d.at, d.bulk_id as "bulkId"
       from emails e join decisions d on d.id = e.decision_id where e.id = ?`,
    [emailId],
  );
  return row ?? null;
}

/** Actions that a process has left behind, or is at, with whoever began them. */
export async function findUnfinishedBulks(db: Knex): Promise<{ id: number; actorId: number }[]> {
  return await queryRows(
    db,
    `select id, actor_id as "actorId" from bulk_actions
      where state in ('running', 'undoing') order by id limit 100`,
    [],
  );
}

/** The newest of an action's emails that waits, and is the viewer's. */
export async function findFirstWaiting(
  db: Knex,
  viewer: Viewer,
  bulkId: number,
): Promise<number | null> {
  const [row] = await queryRows<{ id: number }>(
    db,
    `select e.id from bulk_emails i join emails e on e.id = i.email_id
      where i.bulk_id = ? and e.owner_id = ? and e.state = 'unmatched'
      order by i.email_id desc limit 1`,
    [bulkId, viewer.id],
  );
  return row?.id ?? null;
}
