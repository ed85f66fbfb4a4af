import { identifyOwner } from '../../../src/archiving/identify-owner.ts';
import { judgeEvidence } from '../../../src/archiving/judge-evidence.ts';
import { readHeader } from '../../../src/archiving/read-header.ts';
import { headerLength } from '../../../src/archiving/header-fields.ts';
import { checkSender } from '../../../src/trust/check-sender.ts';
import { emptyFacts } from './empty-facts.ts';
import type { TrustCase, Verdict } from './trust-case.ts';
import { zoneResolver } from './zone-resolver.ts';

export interface JudgedCase {
  readonly case: TrustCase;
  readonly verdict: Verdict;
  readonly why: string;
  /** The address by which the product would file it; null for nobody. */
  readonly owner: string | null;
}

/** Judges a case as the product would: its owner is found, then that address is examined. */
export async function judgeCase(one: TrustCase, asked: string[] = []): Promise<JudgedCase> {
  const header = readHeader(one.raw.subarray(0, headerLength(one.raw)));
  const users = one.users.map((address, at) => {
    return [address, { userId: at + 1, active: true, primaryAddress: address }] as const;
  });
  const owner = identifyOwner(
    { ...emptyFacts.mail, header },
    { ...emptyFacts.facts, usersByAddress: new Map(users) },
  );
  const evidence = await checkSender(
    {
      raw: one.raw,
      receivedAt: one.receivedAt,
      address: owner.address,
      field: owner.kind === 'owner' ? owner.via : 'from',
    },
    one.settings,
    zoneResolver(one.zone, asked),
  );
  const found = owner.kind === 'owner' ? owner.address : null;
  return { case: one, ...judgeEvidence(evidence), owner: found };
}

/** Whether the verdict is one of those that are right. */
export function isRight({ case: one, verdict }: JudgedCase): boolean {
  return verdict === one.expected || one.alsoRight.includes(verdict);
}
