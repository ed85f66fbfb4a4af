import type { Facts } from './facts.ts';
import type { Side } from './planned-email.ts';

/** What tells whose address it is. */
export type SideFacts = Pick<Facts, 'archiveAddresses' | 'ownAddresses' | 'usersByAddress'>;

/**
 * Whose address it is. The archive's addresses, those of this installation and those of users (active
 * or not) are never correspondents. The outgoing From may be a user's own address: then it is the
 * user's.
 *
 * @param address canonical
 * @param ownerId the owner of the message, null when there is none
 */
export function sideOf(address: string, ownerId: number | null, facts: SideFacts): Side {
  if (facts.archiveAddresses.has(address)) return 'archive';
  const user = facts.usersByAddress.get(address);
  if (user !== undefined) return user.userId === ownerId ? 'owner' : 'colleague';
  return facts.ownAddresses.has(address) ? 'archive' : 'correspondent';
}
