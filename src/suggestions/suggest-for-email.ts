import type { Knex } from 'knex';
import { findByKeys, findColleagues, readCandidates } from './candidate-store.ts';
import { countTogether, findConversations, findLinkedLately } from './history-store.ts';
import type { Candidate, Unknown } from './ranking/candidate.ts';
import { waitingKeys } from './ranking/keys.ts';
import { rankSuggestions } from './ranking/rank-suggestions.ts';
import type { Suggestion } from './ranking/suggestion.ts';
import { replaceSuggestions } from './suggestion-store.ts';
import { findWaitingEmail, type WaitingEmail } from './waiting-email-store.ts';

/** Works out whom the unknown addresses of a waiting email may belong to, and keeps it. */
export async function suggestForEmail(trx: Knex.Transaction, emailId: number): Promise<void> {
  const email = await findWaitingEmail(trx, emailId);
  if (!email) {
    await replaceSuggestions(trx, emailId, []);
    return;
  }
  const history = await readHistory(trx, email);
  const found = [];
  for (const unknown of email.unknowns) {
    const suggestions = await suggestFor(trx, email, unknown, history);
    found.push({ address: unknown.address, keys: waitingKeys(unknown), suggestions });
  }
  await replaceSuggestions(trx, emailId, found);
}

interface History {
  readonly conversations: Awaited<ReturnType<typeof findConversations>>;
  readonly lately: Awaited<ReturnType<typeof findLinkedLately>>;
  readonly together: Awaited<ReturnType<typeof countTogether>>;
  /** All records that these speak of, and the colleagues of who is on the mail. */
  readonly personIds: readonly number[];
}

async function readHistory(trx: Knex.Transaction, email: WaitingEmail): Promise<History> {
  const conversations = await findConversations(trx, email);
  const lately = await findLinkedLately(trx, email.ownerId);
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
