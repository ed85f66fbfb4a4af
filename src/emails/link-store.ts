import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';

/**
 * A deciding correspondent's address is that of a record which nobody has called the wrong person:
 * such an email does not wait. For `emails e`.
 */
const IS_MATCHED = `exists (
  select from email_participants p
    join person_addresses a on a.address = p.address
    join people on people.id = a.person_id and people.deleted_at is null
   where p.email_id = e.id and p.deciding and p.linkable
     and not exists (select from email_people u where u.email_id = e.id
                      and u.person_id = a.person_id and u.unlinked_by is not null))`;

const IS_LINKED = `exists (
  select from email_people l where l.email_id = e.id and l.unlinked_by is null)`;

const WRONG_BY = `(select max(l.unlinked_by) from email_people l where l.email_id = e.id)`;
const LINKED_BY = `(
  select max(l.decision_id) from email_people l where l.email_id = e.id and l.unlinked_by is null)`;

/** Archives those of the waiting emails that match a record now. @returns which, and whose they are. */
export async function archiveMatched(
  trx: Knex.Transaction,
  ids: readonly number[],
  decisionId: number | null,
): Promise<{ id: number; ownerId: number }[]> {
  return await queryRows(
    trx,
    `update emails e set state = 'archived', decision_id = ?
      where e.id = any(?) and e.state = 'unmatched' and ${IS_MATCHED}
      returning e.id, e.owner_id as "ownerId"`,
    [decisionId, ids],
  );
}

/**
 * Links those of the emails that have the address to one record; a link that is there, or was called
 * wrong, stays as it is. @returns how many.
 */
export async function linkPerson(
  trx: Knex.Transaction,
  link: {
    readonly personId: number;
    readonly address: string;
    readonly decisionId: number | null;
  },
  ids: readonly number[],
): Promise<number> {
  return await execute(
    trx,
    `insert into email_people (email_id, person_id, address, sent_at, linked_by, decision_id)
     select e.id, :personId, :address, e.sent_at, 'rematch', :decisionId::bigint
       from emails e
      where e.id = any(:ids)
        and exists (select from email_participants p
                     where p.email_id = e.id and p.address = :address and p.linkable)
     on conflict do nothing`,
    { ...link, ids },
  );
}

/** Links those of the emails that are archived to the records of all their correspondents. */
export async function linkEveryone(
  trx: Knex.Transaction,
  ids: readonly number[],
  decisionId: number | null,
): Promise<void> {
  await execute(
    trx,
    `insert into email_people (email_id, person_id, address, sent_at, linked_by, decision_id)
     select distinct on (e.id, a.person_id)
            e.id, a.person_id, a.address, e.sent_at, 'rematch', ?::bigint
       from emails e
       join email_participants p on p.email_id = e.id and p.linkable
       join person_addresses a on a.address = p.address
       join people on people.id = a.person_id and people.deleted_at is null
      where e.id = any(?) and e.state = 'archived'
      order by e.id, a.person_id, p.deciding desc, p.seq
     on conflict do nothing`,
    [decisionId, ids],
  );
}

/** Emails a statement: what one decision has taken along may be very much. */
const SETTLED_TOGETHER = 500;

/**
 * Brings emails whose links have changed into the state that their links and addresses ask for:
 * archived and linked to all records that have their addresses, or waiting and linked to nobody.
 * Discarded ones stay so. The caller holds claimAddresses for their addresses and has locked them.
 * A state carries the latest decision about the links that ask for it.
 *
 * @returns the owners who have something waiting that did not wait before.
 */
export async function settleEmails(
  trx: Knex.Transaction,
  ids: readonly number[],
): Promise<number[]> {
  const owners = new Set<number>();
  for (let from = 0; from < ids.length; from += SETTLED_TOGETHER) {
    const some = ids.slice(from, from + SETTLED_TOGETHER);
    for (const owner of await settleSome(trx, some)) owners.add(owner);
  }
  return [...owners];
}

async function settleSome(trx: Knex.Transaction, ids: readonly number[]): Promise<number[]> {
  const returned = await queryRows<{ ownerId: number }>(
    trx,
    `update emails e set state = 'unmatched', decision_id = ${WRONG_BY}
      where e.id = any(?) and e.state = 'archived' and not ${IS_LINKED} and not ${IS_MATCHED}
      returning e.owner_id as "ownerId"`,
    [ids],
  );
  await execute(
    trx,
    `update emails e set state = 'archived', decision_id = ${LINKED_BY}
      where e.id = any(?) and e.state = 'unmatched' and (${IS_LINKED} or ${IS_MATCHED})`,
    [ids],
  );
  await linkEveryone(trx, ids, null);
  return returned.map(({ ownerId }) => ownerId);
}

/** Lets the emails wait again that the decisions discarded; settleEmails() then sees whether they must. */
export async function restoreDiscarded(
  trx: Knex.Transaction,
  decisionIds: readonly number[],
): Promise<void> {
  await execute(
    trx,
    `update emails e set state = 'unmatched', discarded_at = null, decision_id = ${WRONG_BY}
      where e.decision_id = any(?) and e.state = 'discarded'`,
    [decisionIds],
  );
}
