import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { Candidate } from './ranking/candidate.ts';

/** Records of an account whose domains are looked at. */
const MOST_OF_ACCOUNT = 50;

/** A record by itself, before what a waiting email knows of it is added. */
export type CandidateRecord = Omit<Candidate, 'linkedDaysAgo' | 'conversations' | 'together'>;

/** What is known of records by themselves, by their numbers; those in the bin are left out. */
export async function readCandidates(
  db: Knex,
  personIds: readonly number[],
): Promise<Map<number, CandidateRecord>> {
  if (personIds.length === 0) return new Map();
  const rows = await queryRows<CandidateRecord>(
    db,
    `select p.id as "personId", p.first_name as "firstName", p.last_name as "lastName",
            array(select a.address from person_addresses a where a.person_id = p.id
                   order by a.is_primary desc, a.id limit 20) as addresses,
            case when c.id is not null then jsonb_build_object('id', c.id, 'name', c.name,
              'domains', coalesce(d.domains, '[]'::jsonb)) end as account
       from people p left join accounts c on c.id = p.account_id
       left join (
            select m.account_id, jsonb_agg(distinct m.domain) as domains
              from (select distinct account_id from people where id = any(:personIds)) b
             cross join lateral (
                   select q.account_id, split_part(a.address, '@', -1) as domain
                     from people q join person_addresses a on a.person_id = q.id
                    where q.account_id = b.account_id and q.deleted_at is null
                    limit ${MOST_OF_ACCOUNT}) m
             group by m.account_id) d on d.account_id = p.account_id
      where p.id = any(:personIds) and p.deleted_at is null`,
    { personIds },
  );
  return new Map(rows.map((row) => [row.personId, row]));
}
