import { setImmediate } from 'node:timers/promises';
import type { Knex } from 'knex';
import { readCandidates, type CandidateRecord } from './candidate-store.ts';
import { findConversations, type Conversations } from './conversation-store.ts';
import { countTogether, findColleagues, findLinkedLately } from './history-store.ts';
import { findByKeys } from './key-question-store.ts';
import type { Candidate } from './ranking/candidate.ts';
import { waitingKeys } from './ranking/keys.ts';
import { rankSuggestions } from './ranking/rank-suggestions.ts';
import { replaceSuggestions, type FoundSuggestions } from './suggestion-store.ts';
import { findWaitingEmails, type WaitingEmail } from './waiting-email-store.ts';

/**
 * Works out whom the unknown addresses of waiting emails may belong to, and keeps it. Each question is
 * asked once for all of them.
 */
export async function suggestForEmails(
  trx: Knex.Transaction,
  emailIds: readonly number[],
): Promise<void> {
  const waiting = await findWaitingEmails(trx, emailIds);
  const emails = waiting.filter(({ unknowns }) => unknowns.length > 0);
  const historyOf = await readHistories(trx, emails);
  const byKeys = await findByKeys(
    trx,
    emails.flatMap(({ unknowns }) => unknowns),
  );
  const asked = emails.flatMap((email) => {
    const history = historyOf(email);
    return email.unknowns.map((unknown) => {
      const ids = new Set([...(byKeys.get(unknown) ?? []), ...history.personIds]);
      for (const wrong of email.wrongIds) ids.delete(wrong);
      return { email, unknown, history, ids };
    });
  });
  const people = await readCandidates(trx, [...new Set(asked.flatMap(({ ids }) => [...ids]))]);
  const found: FoundSuggestions[] = [];
  for (const { email, unknown, history, ids } of asked) {
    // Comparing names takes milliseconds: whoever else is served by this process gets a turn between them.
    await setImmediate();
    const candidates = [...ids].flatMap((id) => candidateOf(people.get(id), history));
    const suggestions = rankSuggestions(unknown, candidates);
    const { address } = unknown;
    found.push({ emailId: email.id, address, keys: waitingKeys(unknown), suggestions });
  }
  await replaceSuggestions(trx, emailIds, found);
}

/** What was done and written before a waiting email. */
interface History {
  readonly conversations: Conversations;
  readonly lately: ReadonlyMap<number, number>;
  readonly together: ReadonlyMap<number, number>;
  /** All records that these speak of, who is on the mail, and their colleagues. */
  readonly personIds: readonly number[];
}

async function readHistories(
  trx: Knex.Transaction,
  emails: readonly WaitingEmail[],
): Promise<(email: WaitingEmail) => History> {
  const conversations = await findConversations(trx, emails);
  const together = await countTogether(trx, emails);
  const colleagues = await findColleagues(trx, emails);
  const lately = await findLinkedLately(trx, [...new Set(emails.map(({ ownerId }) => ownerId))]);
  return ({ id, ownerId, presentIds }) => {
    const history = {
      conversations: conversations.get(id) ?? NOTHING,
      lately: lately.get(ownerId) ?? NOTHING,
      together: together.get(id) ?? NOTHING,
    };
    const personIds = [
      ...history.conversations.keys(),
      ...history.lately.keys(),
      ...history.together.keys(),
      ...(colleagues.get(id) ?? []),
      ...presentIds,
    ];
    return { ...history, personIds };
  };
}

const NOTHING: ReadonlyMap<number, never> = new Map<number, never>();

function candidateOf(record: CandidateRecord | undefined, history: History): Candidate[] {
  if (!record) return [];
  const { personId } = record;
  return [
    {
      ...record,
      linkedDaysAgo: history.lately.get(personId) ?? null,
      conversations: history.conversations.get(personId) ?? [],
      together: history.together.get(personId) ?? 0,
    },
  ];
}
