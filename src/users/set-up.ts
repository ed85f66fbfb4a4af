import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { addToGroup } from '../groups/group-store.ts';
import { writeOrganisation } from '../settings/organisation.ts';
import { createUser } from './create-user.ts';
import { hashPassword } from './hash-password.ts';
import { isSetUp, lockUsers, updateFirstUser } from './set-up-store.ts';
import { findUserIdByAddress } from './user-store.ts';

export interface FirstUser {
  readonly name: string;
  /** Canonical. */
  readonly email: string;
  readonly password: string;
  readonly organisation: string;
  /** IANA name. */
  readonly timeZone: string;
}

export type SetUpResult =
  | { readonly kind: 'done'; readonly userId: number }
  | { readonly kind: 'done-before' }
  /** The address is one of the archive mailbox, which a command has set. */
  | { readonly kind: 'archive' };

/**
 * Makes the first Super Administrator. Of two people at once, one does. A user of that address who was
 * imported becomes it.
 */
export async function setUp(db: Knex, first: FirstUser): Promise<SetUpResult> {
  const passwordHash = await hashPassword(first.password);
  return await db.transaction(async (trx) => {
    // In the order in which createUser takes them.
    await claimAddresses(trx, [first.email]);
    await lockUsers(trx);
    if (await isSetUp(trx)) return { kind: 'done-before' };
    const userId = await findOrCreate(trx, first);
    if (userId === null) return { kind: 'archive' };
    await updateFirstUser(trx, userId, { ...first, passwordHash });
    await addToGroup(trx, userId, 'super-administrators');
    await writeOrganisation(trx, first.organisation);
    await recordAudit(trx, 'installation.set-up', { organisation: first.organisation }, userId);
    return { kind: 'done', userId };
  });
}

async function findOrCreate(
  trx: Knex.Transaction,
  { name, email }: FirstUser,
): Promise<number | null> {
  const known = await findUserIdByAddress(trx, email);
  if (known !== null) return known;
  const made = await createUser(trx, { name, email, groups: [], passwordHash: null });
  if (made.kind === 'archive') return null;
  if (made.kind !== 'created') throw new Error('An address was taken in spite of its lock.');
  return made.userId;
}
