import type { Knex } from 'knex';

import { claimAddresses } from '../db/advisory-locks.ts';
import { addToGroup } from '../groups/group-store.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import type { GroupKey } from '../shared/group-key.ts';
import { addUserAddress } from './add-user-address.ts';
import { findUserIdByAddress, insertUser } from './user-store.ts';

export interface CreateUser {
  readonly name: string;
  /** Canonical; verified from the start, since an administrator vouches for it. */
  readonly email: string;
  readonly groups: readonly GroupKey[];
  readonly passwordHash: string | null;
}

export type CreateUserResult =
  | { readonly kind: 'created'; readonly userId: number; readonly processedAgain: number }
  | { readonly kind: 'address-taken' }
  /** Mail from the archive's own address is never a person's. */
  | { readonly kind: 'archive' };

export async function createUser(db: Knex, user: CreateUser): Promise<CreateUserResult> {
  return await db.transaction(async (trx) => {
    await claimAddresses(trx, [user.email]);
    if ((await findArchiveAddresses(trx)).has(user.email)) return { kind: 'archive' };
    if ((await findUserIdByAddress(trx, user.email)) !== null) return { kind: 'address-taken' };
    const userId = await insertUser(trx, user);
    const added = await addUserAddress(trx, userId, user.email);
    if (added.kind === 'taken') throw new Error('An address was taken in spite of its lock.');
    await addToGroup(trx, userId, 'everyone');
    for (const group of user.groups) await addToGroup(trx, userId, group);
    return { kind: 'created', userId, processedAgain: added.processedAgain };
  });
}
