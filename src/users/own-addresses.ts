import type { Knex } from 'knex';
import {
  sendAccountMail,
  type AccountMailDeps,
  type AccountMailResult,
} from '../account-mail/send-account-mail.ts';
import { recordAudit } from '../audit/audit-store.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import {
  countAddedLately,
  countWaiting,
  insertWaitingAddress,
  lockAddress,
  OWN_ADDRESS_ADDED,
  MAX_A_DAY,
  MAX_WAITING,
  wasLinkMadeLately,
} from './address-change-store.ts';
import { tellOfWaitingAddress } from './tell-of-waiting-address.ts';
import { userLink } from './user-links.ts';
import { findUserIdByAddress } from './user-store.ts';
import { createUserToken } from './user-token-store.ts';

export type AddOwnAddressResult =
  | { readonly kind: 'waits'; readonly addressId: number; readonly address: string }
  | { readonly kind: 'listed' | 'taken' | 'archive' | 'too-many' };

/**
 * A user lists an address of theirs. It counts for nothing until the link that is sent to it was
 * opened, or an administrator vouched for it. Of one that another user has, no more is told.
 */
export async function addOwnAddress(
  db: Knex,
  viewer: Viewer,
  address: string,
): Promise<AddOwnAddressResult> {
  const userId = viewer.id;
  return await db.transaction(async (trx) => {
    const waiting = await countWaiting(trx, userId);
    const lately = await countAddedLately(trx, userId);
    if (waiting >= MAX_WAITING || lately >= MAX_A_DAY) return { kind: 'too-many' };
    if ((await findArchiveAddresses(trx)).has(address)) return { kind: 'archive' };
    const holder = await findUserIdByAddress(trx, address);
    if (holder !== null) return { kind: holder === userId ? 'listed' : 'taken' };
    const addressId = await insertWaitingAddress(trx, userId, address);
    if (addressId === null) return { kind: 'listed' };
    await recordAudit(trx, OWN_ADDRESS_ADDED, { userId, address }, userId);
    return { kind: 'waits', addressId, address };
  });
}

export type SentAddressLink =
  | ((AccountMailResult | { readonly kind: 'too-soon' }) & { readonly address: string })
  | { readonly kind: 'gone' };

/** Sends the link that confirms one of the viewer's waiting addresses; older links of it end. */
export async function sendAddressLink(
  deps: AccountMailDeps & { readonly baseUrl: string },
  viewer: Viewer,
  addressId: number,
): Promise<SentAddressLink> {
  const made = await deps.db.transaction(async (trx) => {
    const found = await lockAddress(trx, viewer.id, addressId);
    if (!found || found.verified) return { kind: 'gone' } as const;
    const { address } = found;
    if (await wasLinkMadeLately(trx, addressId)) return { kind: 'too-soon', address } as const;
    const subject = { kind: 'address', userId: viewer.id, addressId } as const;
    return { kind: 'made', address, token: await createUserToken(trx, subject) } as const;
  });
  if (made.kind !== 'made') return made;
  const { address, token } = made;
  const link = userLink(deps.baseUrl, 'address', token);
  const { id: userId, name } = viewer;
  const mail = { kind: 'address', userId, to: address, name, link } as const;
  const result = await sendAccountMail(deps, mail);
  if (result.kind === 'not-set-up') await tellOfWaitingAddress(deps.db, viewer);
  return { ...result, address };
}
