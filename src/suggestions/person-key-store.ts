import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import { personKeys } from './ranking/keys.ts';

/** Records a transaction. */
const BATCH = 200;
/** As many waiting emails at most are worked out again for one batch, the newest first. */
const MOST_AFFECTED = 500;

interface KeyedPerson {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly addresses: readonly string[];
}

/**
 * Makes the keys of records that have changed, and asks again for the waiting emails that these may
 * concern: those that suggest one of them, and those with a name or domain of one.
 *
 * @returns whether there was anything to do.
 */
export async function refreshChangedPeople(db: Knex): Promise<boolean> {
  return await db.transaction(async (trx) => {
    const ids = await takeChanged(trx);
    if (ids.length === 0) return false;
    const people = await readPeople(trx, ids);
    const keyed = people.map((person) => ({ person_id: person.id, keys: personKeys(person) }));
    await execute(
      trx,
      `with gone as (
         delete from person_keys where person_id = any(:ids) and not person_id = any(:kept))
       insert into person_keys (person_id, keys)
       select person_id, keys from jsonb_to_recordset(:rows::jsonb) as r(person_id integer, keys text[])
       order by person_id
       on conflict (person_id) do update set keys = excluded.keys`,
      { ids, kept: people.map(({ id }) => id), rows: JSON.stringify(keyed) },
    );
    await requestAffected(trx, ids, [...new Set(keyed.flatMap(({ keys }) => keys))]);
    return true;
  });
}

async function takeChanged(trx: Knex.Transaction): Promise<number[]> {
  const rows = await queryRows<{ person_id: number }>(
    trx,
    `delete from changed_people where id in (
       select id from changed_people order by id limit ? for update skip locked)
     returning person_id`,
    [BATCH],
  );
  return [...new Set(rows.map((row) => row.person_id))];
}

/** For key share: whoever deletes one of them for ever waits, so that its keys can be written. */
async function readPeople(trx: Knex.Transaction, ids: readonly number[]): Promise<KeyedPerson[]> {
  return await queryRows<KeyedPerson>(
    trx,
    `select p.id, p.first_name as "firstName", p.last_name as "lastName",
            array(select a.address from person_addresses a where a.person_id = p.id
                   order by a.is_primary desc, a.id limit 20) as addresses
       from people p where p.id = any(?) and p.deleted_at is null
      order by p.id for key share of p`,
    [ids],
  );
}

async function requestAffected(
  trx: Knex.Transaction,
  personIds: readonly number[],
  keys: readonly string[],
): Promise<void> {
  await execute(
    trx,
    // Key by key: thousands of keys are not compared with those of all that wait, but looked up.
    `with asked as materialized (
       select distinct w.email_id from unnest(:keys::text[]) as k(key)
         join waiting_addresses w on w.keys @> array[k.key])
     insert into pending_suggestions (email_id)
     select e.id from emails e
      where e.state = 'unmatched' and e.id in (
            (select email_id from asked order by email_id desc limit :limit)
            union
            (select s.email_id from email_suggestions s where s.person_id = any(:personIds)
              order by s.email_id desc limit :limit))
      order by e.id
     on conflict (email_id) do update set attempts = 0, next_try_at = now()`,
    { keys, personIds, limit: MOST_AFFECTED },
  );
}
