import type { Facts } from './facts.ts';
import type { DraftEmail, Link, Participant, PlannedEmail } from './planned-email.ts';

/**
 * Compares the correspondents of an email with all addresses of contacts and leads. If one who decides
 * matches, the email is archived, and linked to every record that any correspondent on it matches,
 * deciding or not. Else it is unmatched, without links.
 */
export function matchCorrespondents(draft: DraftEmail, facts: Facts): PlannedEmail {
  const archived = draft.participants.some(
    (participant) => participant.deciding && isMatched(participant, facts),
  );
  if (!archived) return { ...draft, state: 'unmatched', links: [] };
  return { ...draft, state: 'archived', links: linksOf(draft.participants, facts) };
}

/** The addresses that matched a record on archived emails; sorted by code unit, each once. */
export function matchedAddresses(emails: readonly PlannedEmail[], facts: Facts): string[] {
  const found = new Set<string>();
  for (const email of emails) {
    if (email.state !== 'archived') continue;
    for (const participant of email.participants) {
      if (isMatched(participant, facts)) found.add(participant.address);
    }
  }
  return [...found].sort();
}

/**
 * Whether a participant can be linked: a correspondent who was on the mail. Reply-To says where an answer
 * should go, not who was on it.
 */
export function isLinkable(participant: Participant): boolean {
  return participant.kind === 'correspondent' && participant.role !== 'reply-to';
}

function isMatched(participant: Participant, facts: Facts): boolean {
  const people = facts.peopleByAddress.get(participant.address) ?? [];
  return isLinkable(participant) && people.length > 0;
}

/** One link per record, by the address that decided where there is one. */
function linksOf(participants: readonly Participant[], facts: Facts): Link[] {
  const byPerson = new Map<number, Link>();
  const linkable = participants.filter(isLinkable);
  const inOrder = [...linkable.filter((p) => p.deciding), ...linkable.filter((p) => !p.deciding)];
  for (const { address } of inOrder) {
    for (const { personId } of facts.peopleByAddress.get(address) ?? []) {
      if (!byPerson.has(personId)) byPerson.set(personId, { personId, address });
    }
  }
  return [...byPerson.values()];
}
