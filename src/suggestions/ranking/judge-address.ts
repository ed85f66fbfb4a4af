import { domainOf, localPartOf } from '../../shared/email-address.ts';
import type { Candidate, Unknown } from './candidate.ts';
import { compareAddress, type AddressLikeness } from './compare-address.ts';
import { nameWords } from './name-words.ts';
import { POINTS, type Part } from './points.ts';

/** What the likest address of a record says. `isNamed`: the name is known to fit. */
export function judgeAddress(unknown: Unknown, { addresses }: Candidate, isNamed: boolean): Part[] {
  let best: Part | null = null;
  for (const address of addresses) {
    const like = compareAddress(unknown.address, address);
    if (!like) continue;
    const part = addressPart(unknown, address, like, isNamed);
    if (!best || part.points > best.points) best = part;
  }
  return best ? [best] : [];
}

function addressPart(
  unknown: Unknown,
  address: string,
  like: AddressLikeness,
  isNamed: boolean,
): Part {
  if (like.kind === 'lookalike') return { points: 1, reason: { kind: 'lookalike', address } };
  if (like.kind === 'same-mailbox') {
    return { points: POINTS.sameMailbox, reason: { kind: 'same-mailbox', address } };
  }
  if (like.kind === 'same-local') {
    // Where it is the name, the name has told it already.
    const local = localPartOf(address);
    const isName = isNamed && !/\d/.test(local) && nameWords(local).words.length === 2;
    const points = isName ? 0 : POINTS.sameLocal;
    return { points, reason: { kind: 'same-mailbox', address } };
  }
  // Nobody mistypes the domain that he writes from: who comes from nearly the same one imitates it.
  const isImitation = unknown.isSender && domainOf(address) !== domainOf(unknown.address);
  return isImitation
    ? { points: 1, reason: { kind: 'lookalike', address } }
    : { points: POINTS.typo, reason: { kind: 'typo', address, letters: like.letters } };
}
