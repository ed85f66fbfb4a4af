import type { EarlierMessage, Facts } from './facts.ts';
import type { Ownership } from './identify-owner.ts';
import { judgeSender } from './judge-sender.ts';

/**
 * The earlier message that this one repeats: the same fingerprint from the same owner. All messages
 * without an owner count as one owner's, so that a stranger's mail delivered twice is answered once.
 * Two users who archive the same mail are no duplicates of each other. Nor is one that is proven, or let
 * in by a person, a duplicate of one that was held back: anybody may have sent a copy of it first.
 *
 * @returns null when there is none
 */
export function findDuplicate(
  owner: Ownership,
  facts: Pick<Facts, 'sameFingerprint' | 'trustPolicy' | 'trust' | 'letIn'>,
): EarlierMessage | null {
  const ownerId = owner.kind === 'owner' ? owner.userId : null;
  const isProven = facts.letIn !== null || judgeSender(facts).verdict === 'pass';
  const counts = (one: EarlierMessage) => one.ownerId === ownerId && !(one.heldBack && isProven);
  return facts.sameFingerprint.find(counts) ?? null;
}
