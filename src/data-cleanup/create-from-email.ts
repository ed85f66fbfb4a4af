import type { Knex } from 'knex';
import { ensureAccount } from '../accounts/account-store.ts';
import { clearUnmatchedNotices } from '../inbox/notice-store.ts';
import { addPersonAddress } from '../people/add-person-address.ts';
import { insertPerson } from '../people/people-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import {
  archiveOn,
  claimEmail,
  countFollowers,
  insertDecision,
  isOwnEmail,
  lockWaiting,
  type Followers,
  type Handled,
  type NotFound,
} from './decision-store.ts';

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

export type CreateResult =
  | ({
      readonly kind: 'created';
      readonly decisionId: number;
      readonly personId: number;
    } & Followers)
  | Handled
  | NotFound;

/** Makes a contact or a lead of a waiting email of the viewer's, and links the email to it. */
export async function createFromEmail(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  record: NewRecord,
): Promise<CreateResult> {
  if (!(await isOwnEmail(db, viewer, emailId))) return { kind: 'not-found' };
  const { address } = record;
  return await db.transaction(async (trx) => {
    await claimEmail(trx, emailId, address === null ? [] : [address]);
    const accountId = record.company === '' ? null : await ensureAccount(trx, record.company);
    const email = await lockWaiting(trx, viewer, emailId);
    if (email.kind !== 'waiting') return email;
    const personId = await insertPerson(trx, { ...record, accountId });
    const decisionId = await insertDecision(trx, {
      actor_id: viewer.id,
      email_id: emailId,
      kind: `create-${record.kind}`,
      person_id: personId,
    });
    await trx('people').where({ id: personId }).update({
      title: record.title,
      phone: record.phone,
      created_by: viewer.id,
      decision_id: decisionId,
    });
    await archiveOn(trx, { emailId, personId, address: address ?? '' }, decisionId);
    if (address !== null) await addPersonAddress(trx, personId, address, decisionId);
    const followers = await countFollowers(trx, viewer, { id: decisionId, emailId });
    await clearUnmatchedNotices(trx, [viewer.id]);
    return { kind: 'created', decisionId, personId, ...followers };
  });
}
