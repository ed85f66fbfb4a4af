import type { Knex } from 'knex';
import { ensureAccounts } from '../../accounts/account-store.ts';
import { insertPerson } from '../../people/people-store.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** A contact or a lead that is made of an email. */
export interface NewRecord {
  readonly kind: 'contact' | 'lead';
  readonly firstName: string;
  readonly lastName: string;
  /** Name of the account, made when there is none; '' for none. */
  readonly company: string;
  readonly title: string;
  readonly phone: string;
  /** Canonical; null where nobody knows it. */
  readonly address: string | null;
}

/**
 * Makes records without their addresses, which they gain once the decision that makes them has a number.
 * The caller has locked the email, and decides about it: an account that nobody is put into would stay.
 *
 * @returns their numbers, in the order given.
 */
export async function insertRecords(
  trx: Knex.Transaction,
  viewer: Viewer,
  records: readonly NewRecord[],
): Promise<number[]> {
  const companies = records.map(({ company }) => company).filter((name) => name !== '');
  const accounts = await ensureAccounts(trx, companies);
  const ids: number[] = [];
  for (const record of records) {
    const id = await insertPerson(trx, {
      ...record,
      accountId: accounts.get(record.company) ?? null,
    });
    const { title, phone } = record;
    await trx('people').where({ id }).update({ title, phone, created_by: viewer.id });
    ids.push(id);
  }
  return ids;
}
