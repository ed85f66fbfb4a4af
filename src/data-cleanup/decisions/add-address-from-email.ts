import type { Knex } from 'knex';
import { isVisible } from '../../emails/is-visible.ts';
import { addPersonAddress } from '../../people/add-person-address.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { linkByDecision } from './archive-on.ts';
import {
  claimEmail,
  countFollowers,
  insertDecision,
  type Followers,
  type NotFound,
} from './decision-store.ts';
import { lockPerson } from './lock-people.ts';

export type AddAddressResult =
  | ({ readonly kind: 'added'; readonly decisionId: number; readonly name: string } & Followers)
  /** The record is in the bin, or gone. */
  | { readonly kind: 'no-person' }
  /** The address is not that of a correspondent on this email. */
  | { readonly kind: 'no-address' }
  /** The record has the address, and the email is linked to it. */
  | { readonly kind: 'has-it' }
  | NotFound;

/**
 * Gives the address of a correspondent on an archived email to a record: the email is linked to it,
 * and other mail with the address comes along. Everybody who may see the email may say whose it is.
 */
export async function addAddressFromEmail(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  { personId, address }: { readonly personId: number; readonly address: string },
): Promise<AddAddressResult> {
  if (!(await isVisible(db, viewer, emailId))) return { kind: 'not-found' };
  return await db.transaction(async (trx) => {
    const addresses = await claimEmail(trx, emailId);
    if (!addresses.includes(address)) return { kind: 'no-address' };
    const name = await lockPerson(trx, personId);
    if (name === null) return { kind: 'no-person' };
    const email = await trx('emails').where({ id: emailId }).forUpdate().first('state');
    if (email?.state !== 'archived' || !(await isVisible(trx, viewer, emailId))) {
      return { kind: 'not-found' };
    }
    if (await isLinkedBy(trx, emailId, personId, address)) return { kind: 'has-it' };
    const decision = { actor_id: viewer.id, kind: 'link', email_id: emailId } as const;
    const decisionId = await insertDecision(trx, decision, [{ personId, address }]);
    await addPersonAddress(trx, personId, address, decisionId);
    await linkByDecision(trx, decisionId);
    const followers = await countFollowers(trx, viewer, { id: decisionId, emailId });
    return { kind: 'added', decisionId, name, ...followers };
  });
}

async function isLinkedBy(
  trx: Knex.Transaction,
  emailId: number,
  personId: number,
  address: string,
): Promise<boolean> {
  const known = await trx('person_addresses').where({ person_id: personId, address }).first('id');
  const link = await trx('email_people')
    .where({ email_id: emailId, person_id: personId })
    .whereNull('unlinked_by')
    .first('email_id');
  return known !== undefined && link !== undefined;
}
