import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import type { MessageKey } from '../http/translation.ts';
import { hashPassword } from './hash-password.ts';
import { findPasswordProblem } from './password-strength.ts';
import { replacePassword } from './password-store.ts';
import { consumeUserToken, findUserToken, type FoundToken } from './user-token-store.ts';

export type PasswordLinkKind = 'invitation' | 'password-reset';

export type SetPasswordResult =
  | {
      readonly kind: 'set';
      readonly userId: number;
      readonly name: string;
      readonly address: string;
    }
  | { readonly kind: 'weak'; readonly problem: MessageKey }
  | { readonly kind: 'no-link'; readonly state: Exclude<FoundToken['state'], 'valid'> };

/** Sets the password of whoever was sent the link, which works once. All their sessions end. */
export async function setPasswordByLink(
  db: Knex,
  kind: PasswordLinkKind,
  token: string,
  password: string,
): Promise<SetPasswordResult> {
  const found = await findUserToken(db, kind, token);
  if (found.state !== 'valid') return { kind: 'no-link', state: found.state };
  const { userId, name, address } = found;
  const problem = await findPasswordProblem(password, [name, address]);
  if (problem !== null) return { kind: 'weak', problem };
  const passwordHash = await hashPassword(password);
  return await db.transaction(async (trx) => {
    const used = await consumeUserToken(trx, kind, token);
    if (used.state !== 'valid') return { kind: 'no-link', state: used.state };
    await replacePassword(trx, userId, passwordHash);
    await recordAudit(trx, 'user.password-set-by-link', { userId, link: kind }, userId);
    return { kind: 'set', userId, name, address };
  });
}
