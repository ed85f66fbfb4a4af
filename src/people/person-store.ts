import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { PersonRow } from '../db/rows.ts';

/** A contact or lead with all that its page and its form show. */
export interface PersonRecord {
  readonly id: number;
  readonly kind: PersonRow['kind'];
  readonly firstName: string;
  readonly lastName: string;
  readonly name: string;
  /** '' for none. */
  readonly account: string;
  readonly title: string;
  readonly phone: string;
  readonly note: string;
  /** The primary one first. */
  readonly addresses: readonly string[];
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  readonly convertedAt: Date | null;
  /** null: it is not in the bin. */
  readonly deletedAt: Date | null;
  readonly deletedBy: string | null;
  /** Another one after each change, also when a decision gave it an address. */
  readonly version: string;
}

/** A record, in the bin or not; null where there is none. */
export async function findPerson(db: Knex, id: number): Promise<PersonRecord | null> {
  const [person] = await queryRows<PersonRecord>(
    db,
    `select p.id, p.kind, p.first_name as "firstName", p.last_name as "lastName",
            trim(p.first_name || ' ' || p.last_name) as name, coalesce(c.name, '') as account,
            p.title, p.phone, p.note, array(${ADDRESSES}) as addresses,
            p.created_at as "createdAt", maker.name as "createdBy",
            p.updated_at as "updatedAt", changer.name as "updatedBy",
            p.converted_at as "convertedAt", p.deleted_at as "deletedAt", remover.name as "deletedBy",
            md5(concat_ws(' ', extract(epoch from p.updated_at), array(${ADDRESSES}))) as version
       from people p
       left join accounts c on c.id = p.account_id
       left join users maker on maker.id = p.created_by
       left join users changer on changer.id = p.updated_by
       left join users remover on remover.id = p.deleted_by
      where p.id = ?`,
    [id],
  );
  return person ?? null;
}

const ADDRESSES = `select a.address from person_addresses a where a.person_id = p.id
                    order by a.is_primary desc, a.id`;

/**
 * Locks a record against other changes until the transaction ends; links to it can be made meanwhile.
 * The caller has claimed the addresses before, as everybody does.
 */
export async function lockRecord(trx: Knex.Transaction, id: number): Promise<PersonRecord | null> {
  await trx.raw('select from people where id = ? for no key update', [id]);
  return await findPerson(trx, id);
}

/** The addresses of a record, to be claimed before it is changed. */
export async function findAddressesOf(db: Knex, id: number): Promise<string[]> {
  const rows = await db('person_addresses').where({ person_id: id }).select('address');
  return rows.map(({ address }) => address);
}
