import type { EarlierMessage, Facts } from './facts.ts';
import type { Ownership } from './identify-owner.ts';

/**
 * The earlier message that this one repeats: the same fingerprint from the same owner. All messages
 * without an owner count as one owner's, so that a stranger's mail delivered twice is answered once.
 * Two users who archive the same mail are no duplicates of each other.
 *
 * @returns null when there is none
 */
export function findDuplicate(
  owner: Ownership,
  facts: Pick<Facts, 'sameFingerprint'>,
): EarlierMessage | null {
  const ownerId = owner.kind === 'owner' ? owner.userId : null;
  return facts.sameFingerprint.find((earlier) => earlier.ownerId === ownerId) ?? null;
}
