import type { Knex } from 'knex';
import { execute } from '../../db/query-rows.ts';
import { isVisible } from '../../emails/is-visible.ts';
import { settleEmails } from '../../emails/link-store.ts';
import { raiseNotices } from '../../inbox/notice-store.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { claimEmail, insertDecision, type NotFound } from './decision-store.ts';
import { lockPerson } from './lock-people.ts';

export type UnlinkResult =
  | {
      readonly kind: 'unlinked';
      readonly decisionId: number;
      readonly name: string;
      /** No link is left: it waits in its owner's Data Cleanup. */
      readonly waits: boolean;
    }
  /** Another was faster, or it never was. */
  | { readonly kind: 'not-linked' }
  | NotFound;

/**
 * "Wrong person": the link counts no more, and the address does not bring it back. Everybody who may
 * see the email and the record may say so.
 */
export async function unlinkEmail(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  personId: number,
): Promise<UnlinkResult> {
  if (!(await isVisible(db, viewer, emailId))) return { kind: 'not-found' };
  return await db.transaction(async (trx) => {
    await claimEmail(trx, emailId);
    const name = await lockPerson(trx, personId);
    if (name === null) return { kind: 'not-found' };
    await trx('emails').where({ id: emailId }).forUpdate().first('id');
    // Seen again under the lock: it may have been made private, or wait for its owner by now.
    if (!(await isVisible(trx, viewer, emailId))) return { kind: 'not-found' };
    const link = { email_id: emailId, person_id: personId };
    const linked = await trx('email_people').where(link).whereNull('unlinked_by').first('address');
    if (!linked) return { kind: 'not-linked' };
    const decision = { actor_id: viewer.id, kind: 'unlink', email_id: emailId } as const;
    const decisionId = await insertDecision(trx, decision, [{ personId, ...linked }]);
    await execute(
      trx,
      `update email_people set unlinked_by = ? where email_id = ? and person_id = ?`,
      [decisionId, emailId, personId],
    );
    const owners = await settleEmails(trx, [emailId]);
    await raiseNotices(
      trx,
      owners.map((userId) => ({ userId, kind: 'unmatched', subject: '' })),
    );
    return { kind: 'unlinked', decisionId, name, waits: owners.length > 0 };
  });
}
