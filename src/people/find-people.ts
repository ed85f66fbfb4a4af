import type { Knex } from 'knex';
import { containing } from '../db/like-pattern.ts';
import { queryRows } from '../db/query-rows.ts';
import type { PersonRow } from '../db/rows.ts';

/** A contact or lead as a search shows it. */
export interface FoundPerson {
  readonly id: number;
  readonly kind: PersonRow['kind'];
  readonly name: string;
  /** '' for none. */
  readonly account: string;
  /** The first one first. */
  readonly addresses: readonly string[];
}

const FOUND = `select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name,
            coalesce(c.name, '') as account,
            array(select a.address from person_addresses a where a.person_id = p.id
                   order by a.is_primary desc, a.id) as addresses
       from people p left join accounts c on c.id = p.account_id`;

/** Those of the contacts and leads that are not in the bin, by name. */
export async function findPeopleById(db: Knex, ids: readonly number[]): Promise<FoundPerson[]> {
  if (ids.length === 0) return [];
  return await queryRows<FoundPerson>(
    db,
    `${FOUND} where p.deleted_at is null and p.id = any(?) order by p.sort_name, p.id`,
    [ids],
  );
}

/** Contacts and leads with this text in their name, company or one of their addresses, by name. */
export async function findPeople(
  db: Knex,
  { text, limit }: { readonly text: string; readonly limit: number },
): Promise<FoundPerson[]> {
  const wanted = text.toLowerCase().replace(/\s+/g, ' ').trim();
  if (wanted === '') return [];
  const pattern = containing(wanted);
  return await queryRows<FoundPerson>(
    db,
    `${FOUND}
      where p.deleted_at is null and p.id in (
            select id from people where lower(first_name || ' ' || last_name) like :pattern
             union all
            select person_id from person_addresses where address like :pattern
             union all
            select m.id from accounts n join people m on m.account_id = n.id
             where lower(n.name) like :pattern)
      order by p.sort_name, p.id limit :limit`,
    { pattern, limit },
  );
}
