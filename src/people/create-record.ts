import type { Knex } from 'knex';
import { ensureAccount } from '../accounts/account-store.ts';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import type { PersonRow } from '../db/rows.ts';
import type { Viewer } from '../shared/viewer.ts';
import { addPersonAddresses } from './add-person-address.ts';
import { countCameAlong, type CameAlong } from './came-along.ts';
import { findDuplicates, type Duplicate } from './find-duplicates.ts';
import { insertPerson } from './people-store.ts';
import type { PersonValues } from './person-form.ts';

export type CreateRecordResult =
  | ({ readonly kind: 'created'; readonly personId: number } & CameAlong)
  /** Others than those that the viewer has seen and said to be somebody else. */
  | { readonly kind: 'duplicate'; readonly duplicates: readonly Duplicate[] };

/** Makes a contact or lead as a form describes it. */
export async function createRecord(
  db: Knex,
  viewer: Viewer,
  kind: PersonRow['kind'],
  values: PersonValues,
  notTheSame: readonly number[],
): Promise<CreateRecordResult> {
  const { firstName, lastName, addresses } = values;
  const name = `${firstName} ${lastName}`;
  return await db.transaction(async (trx) => {
    // The name as well: of two forms sent at once, the second must see what the first has made.
    await claimAddresses(trx, [...addresses, name.toLowerCase()]);
    const duplicates = await findDuplicates(trx, { name, addresses });
    if (duplicates.some(({ id }) => !notTheSame.includes(id))) {
      return { kind: 'duplicate', duplicates };
    }
    const accountId = values.account === '' ? null : await ensureAccount(trx, values.account);
    const personId = await insertPerson(trx, { kind, firstName, lastName, accountId });
    const { title, phone, note } = values;
    await trx('people')
      .where({ id: personId })
      .update({ title, phone, note, created_by: viewer.id });
    // The primary one is the first.
    await addPersonAddresses(
      trx,
      addresses.map((address) => ({ personId, address })),
    );
    await recordAudit(trx, 'person.created', { personId, kind, name: name.trim() }, viewer.id);
    return { kind: 'created', personId, ...(await countCameAlong(trx, viewer, personId)) };
  });
}
