import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import type { Viewer } from '../shared/viewer.ts';

/** What a record keeps of what an undone decision gave it. */
export interface TakenAddress {
  readonly address: string;
  /** Emails that were filed by the address since then; they stay on the record. */
  readonly filedSince: number;
}

/** Takes back the address that the decision gave to a record; another one is its first then. */
export async function takeBackAddress(
  trx: Knex.Transaction,
  id: number,
): Promise<TakenAddress | null> {
  await trx('pending_rematches').where({ decision_id: id }).delete();
  const [taken] = await queryRows<{ personId: number; address: string }>(
    trx,
    `delete from person_addresses where decision_id = ?
      returning person_id as "personId", address`,
    [id],
  );
  if (!taken) return null;
  await execute(
    trx,
    `update person_addresses set is_primary = true
      where id = (select min(id) from person_addresses where person_id = :personId)
        and not exists (
          select from person_addresses where person_id = :personId and is_primary)`,
    { personId: taken.personId },
  );
  const [since] = await queryRows<{ count: number }>(
    trx,
    `select count(*) as count from email_people
      where person_id = ? and address = ? and unlinked_by is null`,
    [taken.personId, taken.address],
  );
  return { address: taken.address, filedSince: since?.count ?? 0 };
}

/**
 * Takes back the record that the decision made, if nothing else hangs on it: no other email, no other
 * address, and nobody has changed it or put it in the bin.
 *
 * @returns the name of a record that stays.
 */
export async function takeBackPerson(trx: Knex.Transaction, id: number): Promise<string | null> {
  const [gone] = await queryRows<{ accountId: number | null }>(
    trx,
    `delete from people p
      where p.decision_id = ? and p.deleted_at is null and p.updated_at = p.created_at
        and not exists (select from person_addresses a where a.person_id = p.id)
        and not exists (select from email_people l
                         where l.person_id = p.id and l.unlinked_by is null)
      returning p.account_id as "accountId"`,
    [id],
  );
  if (gone) {
    if (gone.accountId !== null) await takeBackAccount(trx, id, gone.accountId);
    return null;
  }
  const [kept] = await queryRows<{ name: string }>(
    trx,
    `update people set decision_id = null where decision_id = ?
      returning trim(first_name || ' ' || last_name) as name`,
    [id],
  );
  return kept?.name ?? null;
}

/** Takes back the account that was made with the record, if nobody else is there by now. */
async function takeBackAccount(
  trx: Knex.Transaction,
  id: number,
  accountId: number,
): Promise<void> {
  // Whoever puts a record there locks the account first: what the next statement sees is final.
  await trx('accounts').where({ id: accountId }).forUpdate().first('id');
  // Of one transaction, all times are the same.
  await execute(
    trx,
    `delete from accounts a using decisions d
      where a.id = ? and d.id = ? and a.created_at = d.at
        and not exists (select from people p where p.account_id = a.id)`,
    [accountId, id],
  );
}

/** What is left of a never-archive rule that a decision made. */
export interface TakenRule {
  readonly pattern: string;
  /** Messages of its user that it kept out; they stay as they are. */
  readonly ignoredSince: number;
}

/** Takes back the never-archive rule that the decision made; null where it made none, or it is gone. */
export async function takeBackRule(trx: Knex.Transaction, id: number): Promise<TakenRule | null> {
  const [rule] = await trx('never_archive_rules')
    .where({ decision_id: id })
    .delete()
    .returning(['id', 'user_id', 'pattern', 'created_at']);
  if (!rule) return null;
  const [since] = await queryRows<{ count: number }>(
    trx,
    `select count(*) as count from inbound_messages m
      where m.owner_id = ? and m.reason = 'never-archive-rule' and m.decided_at >= ?
        and exists (select from jsonb_array_elements(m.trace -> 'steps') s
                     where s ->> 'step' = 'rules' and s ->> 'why' like ?)`,
    [rule.user_id, rule.created_at, `%(rule ${rule.id},%`],
  );
  return { pattern: rule.pattern, ignoredSince: since?.count ?? 0 };
}

/** Notes who undid the decision; emails that stay as they are do so without it. */
export async function markUndone(trx: Knex.Transaction, viewer: Viewer, id: number): Promise<void> {
  await trx('emails').where({ decision_id: id }).update({ decision_id: null });
  await trx('decisions').where({ id }).update({ undone_at: trx.fn.now(), undone_by: viewer.id });
}
