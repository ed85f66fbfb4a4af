import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { rematch } from '../emails/rematch.ts';
import type { Viewer } from '../shared/viewer.ts';
import { countCameAlong, type CameAlong } from './came-along.ts';
import { findAddressesOf, lockRecord, type PersonRecord } from './person-store.ts';

export type DeleteResult =
  | { readonly kind: 'deleted' | 'deleted-already'; readonly person: PersonRecord }
  | { readonly kind: 'not-found' };

/** Puts a record into the bin: it keeps its mail, and matches nothing new. */
export async function deletePerson(db: Knex, viewer: Viewer, id: number): Promise<DeleteResult> {
  return await db.transaction(async (trx) => {
    await claimAddresses(trx, await findAddressesOf(trx, id));
    const person = await lockRecord(trx, id);
    if (!person) return { kind: 'not-found' };
    if (person.deletedAt !== null) return { kind: 'deleted-already', person };
    const now = trx.fn.now();
    const by = viewer.id;
    await trx('people')
      .where({ id })
      .update({ deleted_at: now, deleted_by: by, updated_at: now, updated_by: by });
    await recordAudit(trx, 'person.deleted', { personId: id, name: person.name }, by);
    return { kind: 'deleted', person };
  });
}

export type RestoreResult =
  | ({ readonly kind: 'restored'; readonly person: PersonRecord } & CameAlong)
  | { readonly kind: 'not-in-bin'; readonly person: PersonRecord }
  | { readonly kind: 'not-found' };

/** Takes a record out of the bin, and links what has come for it meanwhile. */
export async function restorePerson(db: Knex, viewer: Viewer, id: number): Promise<RestoreResult> {
  return await db.transaction(async (trx) => {
    await claimAddresses(trx, await findAddressesOf(trx, id));
    const person = await lockRecord(trx, id);
    if (!person) return { kind: 'not-found' };
    if (person.deletedAt === null) return { kind: 'not-in-bin', person };
    await trx('people').where({ id }).update({
      deleted_at: null,
      deleted_by: null,
      updated_at: trx.fn.now(),
      updated_by: viewer.id,
    });
    await rematch(
      trx,
      person.addresses.map((address) => ({ personId: id, address })),
    );
    await recordAudit(trx, 'person.restored', { personId: id, name: person.name }, viewer.id);
    return { kind: 'restored', person, ...(await countCameAlong(trx, viewer, id)) };
  });
}
