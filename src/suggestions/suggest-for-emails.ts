import type { Knex } from 'knex';
import { findByKeys, findColleagues, readCandidates } from './candidate-store.ts';
import { countTogether, findConversations, findLinkedLately } from './history-store.ts';
import type { Candidate, Unknown } from './ranking/candidate.ts';
import { waitingKeys } from './ranking/keys.ts';
import { rankSuggestions } from './ranking/rank-suggestions.ts';
import type { Suggestion } from './ranking/suggestion.ts';
import { replaceSuggestions, type FoundSuggestions } from './suggestion-store.ts';
import { findWaitingEmails, type WaitingEmail } from './waiting-email-store.ts';

type Lately = Awaited<ReturnType<typeof findLinkedLately>>;

/** Works out whom the unknown addresses of waiting emails may belong to, and keeps it. */
export async function suggestForEmails(
  trx: Knex.Transaction,
  emailIds: readonly number[],
): Promise<void> {
  const found: FoundSuggestions[] = [];
  const latelyOf = new Map<number, Lately>();
  for (const email of await findWaitingEmails(trx, emailIds)) {
    const lately = latelyOf.get(email.ownerId) ?? (await findLinkedLately(trx, email.ownerId));
    latelyOf.set(email.ownerId, lately);
    const history = await readHistory(trx, email, lately);
    for (const unknown of email.unknowns) {
      const suggestions = await suggestFor(trx, email, unknown, history);
      const { address } = unknown;
      found.push({ emailId: email.id, address, keys: waitingKeys(unknown), suggestions });
    }
  }
  await replaceSuggestions(trx, emailIds, found);
}

interface History {
  readonly conversations: Awaited<ReturnType<typeof findConversations>>;
  readonly lately: Lately;
  readonly together: Awaited<ReturnType<typeof countTogether>>;
  /** All records that these speak of, and the colleagues of who is on the mail. */
  readonly personIds: readonly number[];
}

async function readHistory(
  trx: Knex.Transaction,
  email: WaitingEmail,
  lately: Lately,
): Promise<History> {
  const conversations = await findConversations(trx, email);
  const together = await countTogether(trx, email);
  const colleagues = await findColleagues(trx, email.presentIds);
  const personIds = [
    ...conversations.keys(),
    ...lately.keys(),
    ...together.keys(),
    ...colleagues,
    ...email.presentIds,
  ];
  return { conversations, lately, together, personIds };
}

async function suggestFor(
  trx: Knex.Transaction,
  email: WaitingEmail,
  unknown: Unknown,
  { conversations, lately, together, personIds }: History,
): Promise<Suggestion[]> {
  const ids = new Set([...(await findByKeys(trx, unknown)), ...personIds]);
  for (const wrong of email.wrongIds) ids.delete(wrong);
  const people = await readCandidates(trx, [...ids]);
  const candidates = people.map((person): Candidate => ({
    ...person,
    linkedDaysAgo: lately.get(person.personId) ?? null,
    conversations: conversations.get(person.personId) ?? [],
    together: together.get(person.personId) ?? 0,
  }));
  return rankSuggestions(unknown, candidates);
}
