import type { Knex } from 'knex';
import type { AccountMailDeps, AccountMailResult } from '../account-mail/send-account-mail.ts';
import { sendAccountMail } from '../account-mail/send-account-mail.ts';
import { recordAudit } from '../audit/audit-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { dropInvitation } from './invitation-store.ts';
import { openUser, type Refusal } from './open-user.ts';
import { findUserDetails } from './user-details-store.ts';
import { userLink } from './user-links.ts';
import { createUserToken } from './user-token-store.ts';

export interface LetInDeps extends AccountMailDeps {
  readonly baseUrl: string;
}

/** A link by which a user sets a password: an invitation for one who has none yet. */
export interface WayIn {
  readonly kind: 'invitation' | 'password-reset';
  readonly userId: number;
  readonly link: string;
  readonly name: string;
  readonly address: string;
}

/**
 * Makes the link. It is a secret that is shown or sent once; older links of the user end with it.
 * Those who are deactivated get none.
 */
export async function makeWayIn(
  { db, baseUrl }: Pick<LetInDeps, 'db' | 'baseUrl'>,
  actor: Viewer,
  userId: number,
): Promise<WayIn | 'inactive' | Refusal> {
  return await db.transaction(async (trx: Knex.Transaction) => {
    const user = await openUser(trx, actor, userId);
    if (typeof user === 'string') return user;
    if (!user.active) return 'inactive';
    const kind = user.hasPassword ? ('password-reset' as const) : ('invitation' as const);
    const token = await createUserToken(trx, { kind, userId });
    await dropInvitation(trx, userId);
    const details = await findUserDetails(trx, userId);
    await recordAudit(trx, `user.${kind}-link-made`, { userId }, actor.id);
    const address = details?.address ?? '';
    const link = userLink(baseUrl, kind, token);
    return { kind, userId, link, name: user.name, address };
  });
}

/** Sends the link to the user's primary address; what does not go by mail is handed over. */
export async function mailWayIn(
  deps: LetInDeps,
  { kind, userId, link, name, address }: WayIn,
): Promise<AccountMailResult> {
  if (address === '') return { kind: 'not-set-up' };
  return await sendAccountMail(deps, { kind, userId, to: address, name, link });
}
