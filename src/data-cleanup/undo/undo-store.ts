import type { Knex } from 'knex';
import { execute, queryRows } from '../../db/query-rows.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** An address that an undone decision had given to records, and what they keep of it. */
export interface TakenAddress {
  readonly address: string;
  /** Emails that were filed by the address since then; they stay on the records. */
  readonly filedSince: number;
}

/** Takes back the addresses that the decision gave to records; another one is their first then. */
export async function takeBackAddresses(
  trx: Knex.Transaction,
  id: number,
): Promise<TakenAddress[]> {
  await trx('pending_rematches').where({ decision_id: id }).delete();
  const taken = await queryRows<{ personId: number; address: string }>(
    trx,
    `delete from person_addresses where decision_id = ?
      returning person_id as "personId", address`,
    [id],
  );
  if (taken.length === 0) return [];
  const personIds = taken.map(({ personId }) => personId);
  await execute(
    trx,
    `update person_addresses set is_primary = true
      where id in (select min(a.id) from person_addresses a
                    where a.person_id = any(?)
                    group by a.person_id having not bool_or(a.is_primary))`,
    [personIds],
  );
  return await queryRows<TakenAddress>(
    trx,
    `select t.address, count(distinct l.email_id) as "filedSince"
       from unnest(?::integer[], ?::text[]) as t(person_id, address)
       left join email_people l on l.person_id = t.person_id and l.address = t.address
                               and l.unlinked_by is null
      group by t.address order by t.address`,
    [personIds, taken.map(({ address }) => address)],
  );
}

/**
 * Takes back the records that the decision made, if nothing else hangs on them: no other email, no other
 * address, and nobody has changed them or put them in the bin.
 *
 * @returns the names of records that stay.
 */
export async function takeBackPeople(trx: Knex.Transaction, id: number): Promise<string[]> {
  const gone = await queryRows<{ accountId: number | null }>(
    trx,
    `delete from people p
      where p.decision_id = ? and p.deleted_at is null and p.updated_at = p.created_at
        and not exists (select from person_addresses a where a.person_id = p.id)
        and not exists (select from email_people l
                         where l.person_id = p.id and l.unlinked_by is null)
      returning p.account_id as "accountId"`,
    [id],
  );
  const accountIds = gone.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]));
  if (accountIds.length > 0) await takeBackAccounts(trx, id, accountIds);
  const kept = await queryRows<{ name: string }>(
    trx,
    `update people set decision_id = null where decision_id = ?
      returning trim(first_name || ' ' || last_name) as name`,
    [id],
  );
  return kept.map(({ name }) => name);
}

/** Takes back the accounts that were made with the records, where nobody else is there by now. */
async function takeBackAccounts(
  trx: Knex.Transaction,
  id: number,
  accountIds: readonly number[],
): Promise<void> {
  // Whoever puts a record there locks the account first: what the next statement sees is final. In the
  // order of their names, as those who make them.
  await trx.raw('select from accounts where id = any(?) order by lower(name) for update', [
    [...accountIds],
  ]);
  // Of one transaction, all times are the same.
  await execute(
    trx,
    `delete from accounts a using decisions d
      where a.id = any(?) and d.id = ? and a.created_at = d.at
        and not exists (select from people p where p.account_id = a.id)`,
    [accountIds, id],
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
export async function markUndone(
  trx: Knex.Transaction,
  viewer: Viewer,
  ids: readonly number[],
): Promise<void> {
  await execute(trx, 'update emails set decision_id = null where decision_id = any(?)', [ids]);
  await execute(trx, 'update decisions set undone_at = now(), undone_by = ? where id = any(?)', [
    viewer.id,
    ids,
  ]);
}
