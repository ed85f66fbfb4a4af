import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { lockRecord, type PersonRecord } from './person-store.ts';

export type ConvertResult =
  | { readonly kind: 'done' | 'done-already'; readonly person: PersonRecord }
  | { readonly kind: 'not-found' };

/** A lead becomes a contact; its mail and all else stay. */
export async function convertLead(db: Knex, viewer: Viewer, id: number): Promise<ConvertResult> {
  return await turn(db, viewer, id, 'contact');
}

/** A contact that was a lead is one again. */
export async function undoConversion(db: Knex, viewer: Viewer, id: number): Promise<ConvertResult> {
  return await turn(db, viewer, id, 'lead');
}

async function turn(
  db: Knex,
  viewer: Viewer,
  id: number,
  kind: PersonRecord['kind'],
): Promise<ConvertResult> {
  return await db.transaction(async (trx) => {
    const person = await lockRecord(trx, id);
    if (person?.deletedAt !== null) return { kind: 'not-found' };
    if (person.kind === kind) return { kind: 'done-already', person };
    // It has never been a lead.
    if (kind === 'lead' && person.convertedAt === null) return { kind: 'not-found' };
    const now = trx.fn.now();
    await trx('people')
      .where({ id })
      .update({
        kind,
        converted_at: kind === 'contact' ? now : null,
        updated_at: now,
        updated_by: viewer.id,
      });
    const action = kind === 'contact' ? 'person.converted' : 'person.conversion-undone';
    await recordAudit(trx, action, { personId: id, name: person.name }, viewer.id);
    return { kind: 'done', person };
  });
}
