import type { Knex } from 'knex';
import { ensureAccount } from '../accounts/account-store.ts';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import type { Viewer } from '../shared/viewer.ts';
import { addPersonAddresses } from './add-person-address.ts';
import { countCameAlong, type CameAlong } from './came-along.ts';
import type { PersonValues } from './person-form.ts';
import { removeAddresses, setPrimary } from './person-address-store.ts';
import { findAddressesOf, lockRecord, type PersonRecord } from './person-store.ts';

export type EditPersonResult =
  | ({
      readonly kind: 'saved';
      readonly person: PersonRecord;
      readonly removed: readonly string[];
    } & CameAlong)
  | { readonly kind: 'unchanged' }
  /** Somebody has changed it since the form was shown. */
  | { readonly kind: 'changed-since'; readonly person: PersonRecord }
  | { readonly kind: 'in-bin' }
  | { readonly kind: 'not-found' };

/**
 * Changes a record into what a form says, if it still is what the form was made from. Mail that it
 * has by an address which it loses stays on it.
 */
export async function editPerson(
  db: Knex,
  viewer: Viewer,
  id: number,
  { values, version }: { readonly values: PersonValues; readonly version: string },
): Promise<EditPersonResult> {
  return await db.transaction(async (trx) => {
    await claimAddresses(trx, [...values.addresses, ...(await findAddressesOf(trx, id))]);
    const person = await lockRecord(trx, id);
    if (!person) return { kind: 'not-found' };
    if (person.deletedAt !== null) return { kind: 'in-bin' };
    if (person.version !== version) return { kind: 'changed-since', person };
    const changed = changedFields(person, values);
    if (changed.length === 0) return { kind: 'unchanged' };
    await updateFields(trx, viewer, person, values);
    const removed = await changeAddresses(trx, person, values.addresses);
    await recordAudit(trx, 'person.edited', { personId: id, changed }, viewer.id);
    const cameAlong = await countCameAlong(trx, viewer, id);
    return { kind: 'saved', person, removed, ...cameAlong };
  });
}

const FIELDS = ['firstName', 'lastName', 'account', 'title', 'phone', 'note'] as const;
export type PersonField = (typeof FIELDS)[number] | 'addresses';

/** Which fields of a record differ from what a form says. */
export function changedFields(
  person: Pick<PersonRecord, PersonField>,
  values: PersonValues,
): PersonField[] {
  const fields = FIELDS.filter((field) => person[field] !== values[field]);
  const { addresses } = values;
  const same =
    addresses.length === person.addresses.length &&
    addresses[0] === person.addresses[0] &&
    addresses.every((address) => person.addresses.includes(address));
  return same ? fields : [...fields, 'addresses'];
}

async function updateFields(
  trx: Knex.Transaction,
  viewer: Viewer,
  person: PersonRecord,
  values: PersonValues,
): Promise<void> {
  const account =
    values.account === ''
      ? { account_id: null }
      : values.account === person.account
        ? {}
        : { account_id: await ensureAccount(trx, values.account) };
  await trx('people')
    .where({ id: person.id })
    .update({
      first_name: values.firstName,
      last_name: values.lastName,
      ...account,
      title: values.title,
      phone: values.phone,
      note: values.note,
      updated_at: trx.fn.now(),
      updated_by: viewer.id,
    });
}

/** @returns which addresses the record has no more. */
async function changeAddresses(
  trx: Knex.Transaction,
  person: PersonRecord,
  addresses: readonly string[],
): Promise<string[]> {
  const removed = person.addresses.filter((address) => !addresses.includes(address));
  await removeAddresses(trx, person.id, removed);
  const added = addresses.filter((address) => !person.addresses.includes(address));
  await addPersonAddresses(
    trx,
    added.map((address) => ({ personId: person.id, address })),
  );
  await setPrimary(trx, person.id, addresses[0] ?? '');
  return removed;
}
