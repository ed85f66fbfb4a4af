import type { Knex } from 'knex';
import type { Viewer } from '../../shared/viewer.ts';
import { holdViewer, insertBulk, insertDone } from './bulk-store.ts';
import { linkEmail, type LinkChoice, type LinkResult } from '../decisions/link-email.ts';

/**
 * Links a waiting email, and notes that the others that wait under the same address are linked to the same
 * records. Both are undone together.
 *
 * @param through the newest email that has been looked at
 * @returns the bulk action that is to be worked off; null where there are no others.
 */
export async function linkAlong(
  db: Knex,
  viewer: Viewer,
  { emailId, through }: { readonly emailId: number; readonly through: number },
  choice: LinkChoice,
): Promise<{ readonly done: LinkResult; readonly bulkId: number | null }> {
  return await db.transaction(async (trx) => {
    await holdViewer(trx, viewer);
    const done = await linkEmail(trx, viewer, emailId, choice);
    if (done.kind !== 'linked') return { done, bulkId: null };
    const email = await trx('emails').where({ id: emailId }).first('about_address');
    const about = email?.about_address ?? '';
    const personIds = choice.people.flatMap((one) => (one.address === about ? [one.personId] : []));
    if (about === '' || personIds.length === 0) return { done, bulkId: null };
    const bulkId = await insertBulk(
      trx,
      viewer,
      { kind: 'link', personIds, addAddresses: false },
      { kind: 'groups', by: 'address', keys: [about], through: Math.max(through, emailId) },
    );
    if (bulkId !== null) await insertDone(trx, bulkId, { emailId, decisionId: done.decisionId });
    return { done, bulkId };
  });
}
