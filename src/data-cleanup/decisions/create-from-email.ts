import type { Knex } from 'knex';
import { clearUnmatchedNotices } from '../../inbox/notice-store.ts';
import { addPersonAddress } from '../../people/add-person-address.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { archiveOn } from './archive-on.ts';
import {
  claimEmail,
  countFollowers,
  isOwnEmail,
  lockWaiting,
  type Followers,
  type Handled,
  type NotFound,
} from './decision-store.ts';
import { insertRecords, type NewRecord } from './insert-records.ts';

export type CreateResult =
  | ({
      readonly kind: 'created';
      readonly decisionId: number;
      readonly personId: number;
    } & Followers)
  | Handled
  | NotFound;

/**
 * Makes a contact or a lead of a waiting email of the viewer's, and links the email to it. The record may
 * have another address than those on the email.
 */
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
    const email = await lockWaiting(trx, viewer, emailId);
    if (email.kind !== 'waiting') return email;
    const [personId] = await insertRecords(trx, viewer, [record]);
    if (personId === undefined) throw new Error('No record was made.');
    const made = [{ personId, address: address ?? '' }];
    const kind = `create-${record.kind}` as const;
    const decisionId = await archiveOn(trx, viewer, { emailId, kind, people: made, made });
    if (address !== null) await addPersonAddress(trx, personId, address, decisionId);
    const followers = await countFollowers(trx, viewer, { id: decisionId, emailId });
    await clearUnmatchedNotices(trx, [viewer.id]);
    return { kind: 'created', decisionId, personId, ...followers };
  });
}
