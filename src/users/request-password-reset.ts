import type { AccountMail } from '../account-mail/account-mail.ts';
import { sendInBackground } from '../account-mail/send-in-background.ts';
import type { AccountMailDeps } from '../account-mail/send-account-mail.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import { findResetRecipient } from './sign-in-store.ts';
import { userLink } from './user-links.ts';
import { createUserToken } from './user-token-store.ts';

/**
 * Sends a link for a new password to a verified address of an active user. It returns at once, whoever
 * the address belongs to: looking that up, too, happens afterwards, where nobody can time it.
 */
export function requestPasswordReset(
  deps: AccountMailDeps & { readonly baseUrl: string },
  typed: string,
): void {
  sendInBackground(deps, async (): Promise<AccountMail | null> => {
    const to = canonicalAddress(typed);
    const user = to === null ? null : await findResetRecipient(deps.db, to);
    if (to === null || user === null) return null;
    const kind = 'password-reset';
    const { userId, name } = user;
    const token = await deps.db.transaction(
      async (trx) => await createUserToken(trx, { kind, userId }),
    );
    return { kind, userId, to, name, link: userLink(deps.baseUrl, kind, token) };
  });
}
