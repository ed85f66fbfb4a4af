import type { Knex } from 'knex';
import { clearUnmatchedNotices } from '../inbox/notice-store.ts';
import { addPersonAddress } from '../people/add-person-address.ts';
import type { Viewer } from '../shared/viewer.ts';
import {
  archiveOn,
  claimEmail,
  countFollowers,
  insertDecision,
  isOwnEmail,
  lockPerson,
  lockWaiting,
  type Followers,
  type Handled,
  type NotFound,
} from './decision-store.ts';

export interface LinkChoice {
  readonly personId: number;
  /** Which correspondent the record is; null where the mail names none. */
  readonly address: string | null;
  /** Whether the record gains the address, so that other mail with it comes along. */
  readonly addAddress: boolean;
}

export type LinkResult =
  | ({ readonly kind: 'linked'; readonly decisionId: number; readonly name: string } & Followers)
  /** The record is in the bin, or gone. */
  | { readonly kind: 'no-person' }
  /** The address is not that of a correspondent on this email. */
  | { readonly kind: 'no-address' }
  | Handled
  | NotFound;

/** Links a waiting email of the viewer's to a record. */
export async function linkEmail(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  choice: LinkChoice,
): Promise<LinkResult> {
  if (!(await isOwnEmail(db, viewer, emailId))) return { kind: 'not-found' };
  const { personId, address } = choice;
  return await db.transaction(async (trx) => {
    const addresses = await claimEmail(trx, emailId);
    if (address !== null && !addresses.includes(address)) return { kind: 'no-address' };
    const name = await lockPerson(trx, personId);
    const email = await lockWaiting(trx, viewer, emailId);
    if (email.kind !== 'waiting') return email;
    if (name === null) return { kind: 'no-person' };
    const decisionId = await insertDecision(trx, {
      actor_id: viewer.id,
      kind: 'link',
      email_id: emailId,
      person_id: personId,
    });
    await archiveOn(trx, { emailId, personId, address: address ?? '' }, decisionId);
    if (address !== null && choice.addAddress) {
      await addPersonAddress(trx, personId, address, decisionId);
    }
    const followers = await countFollowers(trx, viewer, { id: decisionId, emailId });
    await clearUnmatchedNotices(trx, [viewer.id]);
    return { kind: 'linked', decisionId, name, ...followers };
  });
}
