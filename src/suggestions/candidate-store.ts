import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { domainOf } from '../shared/email-address.ts';
import { isFreeMail } from '../shared/free-mail.ts';
import type { Candidate, Unknown } from './ranking/candidate.ts';
import { questionsFor } from './ranking/keys.ts';

/** Records that one question finds at most: what finds more says little. */
const MOST_BY_KEY = 50;
const MOST_IN_DOMAIN = 200;
const MOST_DOMAINS = 10;

/** Records that an unknown address may belong to, by its name and spelling, and by its domain. */
export async function findByKeys(db: Knex, unknown: Unknown): Promise<number[]> {
  const questions = questionsFor(unknown);
  const parts = questions.map(({ any }) =>
    any.length === 0
      ? `(select person_id from person_keys where keys @> ?::text[] limit ${MOST_BY_KEY})`
      : `(select person_id from person_keys where keys @> ?::text[] and keys && ?::text[] limit ${MOST_BY_KEY})`,
  );
  const bindings = questions.flatMap(({ all, any }) => (any.length === 0 ? [all] : [all, any]));
  const domains = domainsAround(unknown.address);
  const rows = await queryRows<{ id: number }>(
    db,
    `select distinct person_id as id from (
       (select person_id from person_addresses where split_part(address, '@', -1) = any(?::text[])
         limit ${MOST_IN_DOMAIN})
       ${parts.map((part) => `union all ${part}`).join('\n')}) s`,
    [domains, ...bindings],
  );
  return rows.map((row) => row.id);
}

/** The domain of an address and those that it lies in; none where anybody may have one. */
function domainsAround(address: string): string[] {
  const domain = domainOf(address);
  if (isFreeMail(domain)) return [];
  const labels = domain.split('.');
  const outer = labels.map((_, at) => labels.slice(at).join('.'));
  return outer.slice(0, Math.max(1, labels.length - 1)).slice(0, MOST_DOMAINS);
}

/** Colleagues of the records that are on the mail already. */
export async function findColleagues(db: Knex, presentIds: readonly number[]): Promise<number[]> {
  if (presentIds.length === 0) return [];
  const rows = await queryRows<{ id: number }>(
    db,
    `select c.id from (select distinct account_id from people where id = any(?)) a
       cross join lateral (select id from people where account_id = a.account_id
                            and deleted_at is null limit ${MOST_BY_KEY}) c`,
    [presentIds],
  );
  return rows.map((row) => row.id);
}

type CandidateRow = Omit<Candidate, 'linkedDaysAgo' | 'conversations' | 'together'>;

/** What is known of records by themselves; those in the bin are left out. */
export async function readCandidates(
  db: Knex,
  personIds: readonly number[],
): Promise<CandidateRow[]> {
  return await queryRows<CandidateRow>(
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
                    where q.account_id = b.account_id and q.deleted_at is null limit 50) m
             group by m.account_id) d on d.account_id = p.account_id
      where p.id = any(:personIds) and p.deleted_at is null
      order by p.id`,
    { personIds },
  );
}
