import { domainOf } from '../shared/email-address.ts';
import type { Facts, NeverArchiveRule } from './facts.ts';
import { isLinkable } from './match-correspondents.ts';
import type { DraftEmail, Participant } from './planned-email.ts';

/** An email after the never-archive rules were applied to it. */
export interface RuledEmail {
  readonly draft: DraftEmail;
  /** Everybody who decides where it belongs is under a rule: it is not to be archived. */
  readonly neverArchived: boolean;
  /** The rules that apply to somebody on it; each once, in the order of the mail. */
  readonly rules: readonly NeverArchiveRule[];
}

/**
 * Applies the owner's never-archive rules and those for all users to an email. A rule names an
 * address, or a domain: that very one, not those below it. Where every correspondent who decides is
 * under a rule, the email is not archived. Where another one decides, or nobody does, those under a
 * rule are recorded and no more: they neither decide nor are linked, now or later.
 *
 * Source: docs/adr/0022-never-archive-rules.md
 *
 * @param ownerId the owner of the message: rules of other users do not count
 */
export function applyRules(draft: DraftEmail, ownerId: number, facts: Facts): RuledEmail {
  const ruled = new Map<Participant, readonly NeverArchiveRule[]>();
  for (const participant of draft.participants) {
    const rules = isLinkable(participant) ? rulesFor(participant.address, ownerId, facts) : [];
    if (rules.length > 0) ruled.set(participant, rules);
  }
  if (ruled.size === 0) return { draft, neverArchived: false, rules: [] };
  const deciding = draft.participants.filter((participant) => participant.deciding);
  const participants = draft.participants.map((one) => (ruled.has(one) ? ruledOut(one) : one));
  return {
    draft: { ...draft, participants },
    neverArchived: deciding.length > 0 && deciding.every((participant) => ruled.has(participant)),
    rules: [...new Set([...ruled.values()].flat())],
  };
}

function rulesFor(address: string, ownerId: number, facts: Facts): NeverArchiveRule[] {
  const { rulesByPattern } = facts;
  const all = [
    ...(rulesByPattern.get(address) ?? []),
    ...(rulesByPattern.get(domainOf(address)) ?? []),
  ];
  return all.filter(({ userId }) => userId === null || userId === ownerId);
}

function ruledOut(participant: Participant): Participant {
  return { ...participant, kind: 'ruled-out', deciding: false };
}
