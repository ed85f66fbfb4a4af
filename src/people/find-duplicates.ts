import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { PersonRow } from '../db/rows.ts';

/** A record that may be the one about to be made. */
export interface Duplicate {
  readonly id: number;
  readonly kind: PersonRow['kind'];
  readonly name: string;
  readonly account: string;
  /** The address that both have, else its primary one; '' for none. */
  readonly address: string;
  readonly inBin: boolean;
}

const MAX_SHOWN = 10;

/** Records with one of the addresses or the very name, those in the bin too. */
export async function findDuplicates(
  db: Knex,
  { name, addresses }: { readonly name: string; readonly addresses: readonly string[] },
): Promise<Duplicate[]> {
  return await queryRows<Duplicate>(
    db,
    `select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name,
            coalesce(c.name, '') as account,
            coalesce((select a.address from person_addresses a where a.person_id = p.id
                       order by a.address = any(:addresses) desc, a.is_primary desc, a.id limit 1),
                     '') as address,
            p.deleted_at is not null as "inBin"
       from people p left join accounts c on c.id = p.account_id
      where p.id in (
            select person_id from person_addresses where address = any(:addresses)
             union all
            select id from people where lower(first_name || ' ' || last_name) = lower(:name))
      order by p.deleted_at is not null, p.sort_name, p.id limit :limit`,
    { name, addresses, limit: MAX_SHOWN },
  );
}
