import type { Knex } from 'knex';
import { canonicalAddress } from '../shared/email-address.ts';
import { hashPassword, isPassword } from './hash-password.ts';
import { findSignIn } from './sign-in-store.ts';

/** Of no password: for users who are not there, so that they take as long as those who are. */
const NOBODY = hashPassword('');

/**
 * Who signs in with this address and password; any verified address of an active user will do. Users
 * without a password, unknown ones and wrong passwords give the same answer after the same work.
 *
 * @returns the user's number, or null.
 */
export async function signIn(db: Knex, email: string, password: string): Promise<number | null> {
  const address = canonicalAddress(email);
  const found = address === null ? null : await findSignIn(db, address);
  const right = await isPassword(found?.passwordHash ?? (await NOBODY), password);
  return found?.passwordHash != null && right ? found.userId : null;
}
