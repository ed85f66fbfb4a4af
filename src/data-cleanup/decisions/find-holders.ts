import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { DecidedPerson } from './decision-store.ts';

/**
 * Records that have by now the addresses for which others were to be made: a colleague was faster. The
 * caller has claimed the addresses, so that none can be gained meanwhile.
 */
export async function findHolders(
  trx: Knex.Transaction,
  records: readonly { readonly address: string | null }[],
): Promise<DecidedPerson[]> {
  const addresses = records.flatMap(({ address }) => address ?? []);
  if (addresses.length === 0) return [];
  return await queryRows<DecidedPerson>(
    trx,
    `select distinct p.id as "personId", a.address
       from person_addresses a join people p on p.id = a.person_id
      where a.address = any(?) and p.deleted_at is null order by p.id, a.address`,
    [addresses],
  );
}
