import { createHash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import type { UserTokenRow } from '../db/rows.ts';

export type TokenKind = UserTokenRow['kind'];

/** Whom a token lets in, and for what. */
export type TokenSubject =
  | { readonly kind: 'invitation' | 'password-reset'; readonly userId: number }
  | { readonly kind: 'address'; readonly userId: number; readonly addressId: number };

/** How long each may be used. */
const LIFETIME: Readonly<Record<TokenKind, string>> = {
  invitation: '7 days',
  'password-reset': '2 hours',
  address: '3 days',
};
const TOKEN_BYTES = 32;

/**
 * Makes the secret of a link that is sent to a person; the database keeps only its hash. It voids
 * the older ones of its kind, so that only the newest mail works.
 *
 * @returns the secret: for the link, never for a log.
 */
export async function createUserToken(
  trx: Knex.Transaction,
  subject: TokenSubject,
): Promise<string> {
  const { kind, userId } = subject;
  const addressId = kind === 'address' ? subject.addressId : null;
  // Two at once must not each overlook the other.
  await trx('users').where({ id: userId }).forNoKeyUpdate().select('id');
  await execute(
    trx,
    `update user_tokens set used_at = now()
      where kind = ? and user_id = ? and address_id is not distinct from ? and used_at is null`,
    [kind, userId, addressId],
  );
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await trx('user_tokens').insert({
    kind,
    user_id: userId,
    address_id: addressId,
    token_hash: hashOf(token),
    expires_at: trx.raw('now() + ?::interval', [LIFETIME[kind]]),
  });
  return token;
}

export type FoundToken =
  /** Never made, or its user is deactivated, or its address removed. */
  | { readonly state: 'unknown' }
  | { readonly state: 'expired' | 'used' }
  | {
      readonly state: 'valid';
      readonly userId: number;
      readonly name: string;
      /** That of an address token is to be confirmed; else the user's primary one, or ''. */
      readonly address: string;
      readonly addressId: number | null;
    };

interface TokenRow {
  readonly userId: number;
  readonly name: string;
  readonly address: string;
  readonly addressId: number | null;
  readonly used: boolean;
  readonly expired: boolean;
}

/** What a token is worth now; changes nothing. */
export async function findUserToken(db: Knex, kind: TokenKind, token: string): Promise<FoundToken> {
  const [row] = await queryRows<TokenRow>(
    db,
    `select t.user_id as "userId", u.name, coalesce(a.address, '') as address,
            t.address_id as "addressId", t.used_at is not null as used, t.expires_at <= now() as expired
       from user_tokens t
       join users u on u.id = t.user_id
       left join user_addresses a
              on a.id = t.address_id or (t.address_id is null and a.user_id = u.id and a.is_primary)
      where t.kind = ? and t.token_hash = ? and u.disabled_at is null`,
    [kind, hashOf(token)],
  );
  if (!row) return { state: 'unknown' };
  if (row.used) return { state: 'used' };
  if (row.expired) return { state: 'expired' };
  const { userId, name, address, addressId } = row;
  return { state: 'valid', userId, name, address, addressId };
}

/**
 * Uses a token up, in the transaction that does what it stands for: of two who use it at once, one
 * succeeds.
 *
 * @returns the same as findUserToken; 'valid' is valid this once.
 */
export async function consumeUserToken(
  trx: Knex.Transaction,
  kind: TokenKind,
  token: string,
): Promise<FoundToken> {
  const found = await findUserToken(trx, kind, token);
  if (found.state !== 'valid') return found;
  // The user first, in the order of createUserToken.
  await trx('users').where({ id: found.userId }).forNoKeyUpdate().select('id');
  const used = await execute(
    trx,
    `update user_tokens set used_at = now()
      where token_hash = ? and used_at is null and expires_at > now()`,
    [hashOf(token)],
  );
  return used === 1 ? found : { state: 'used' };
}

/** No link that was made before sets a password any more, such as after one was set. */
export async function voidPasswordTokens(trx: Knex.Transaction, userId: number): Promise<void> {
  await execute(
    trx,
    `update user_tokens set used_at = now()
      where user_id = ? and kind in ('invitation', 'password-reset') and used_at is null`,
    [userId],
  );
}

/** Whether a link of an invitation works now. The user is locked. */
export async function hasWorkingInvitation(
  trx: Knex.Transaction,
  userId: number,
): Promise<boolean> {
  const row = await trx('user_tokens')
    .where({ kind: 'invitation', user_id: userId })
    .whereNull('used_at')
    .where('expires_at', '>', trx.fn.now())
    .first('id');
  return row !== undefined;
}

/** A link that has reached nobody is as if it had never been made, even where it was voided since. */
export async function withdrawUserToken(db: Knex, token: string): Promise<void> {
  await db('user_tokens')
    .where({ token_hash: hashOf(token) })
    .delete();
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
