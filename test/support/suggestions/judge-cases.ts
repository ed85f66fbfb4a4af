import { rankSuggestions } from '../../../src/suggestions/ranking/rank-suggestions.ts';
import type {
  Candidate,
  Conversation,
  Unknown,
} from '../../../src/suggestions/ranking/candidate.ts';
import type { Suggestion } from '../../../src/suggestions/ranking/suggestion.ts';
import { isTellingSubject, plainSubject } from '../../../src/suggestions/ranking/plain-subject.ts';
import type { ArchivedEmail, KnownPerson, SuggestionCase } from './suggestion-case.ts';

export interface JudgedCase {
  readonly case: SuggestionCase;
  /** The ids of the case, best first. */
  readonly ranked: readonly { readonly id: string; readonly suggestion: Suggestion }[];
  readonly isFirst: boolean;
  readonly isInFirstThree: boolean;
}

/** Ranks all people of a case and says whether the right one stands first. */
export function judgeCase(one: SuggestionCase): JudgedCase {
  const suggestions = rankSuggestions(
    unknownOf(one),
    one.people.map((_, at) => candidateOf(one, at)),
  );
  return judgeRanking(
    one,
    suggestions.map((suggestion) => ({ id: one.people[suggestion.personId]!.id, suggestion })),
  );
}

/** Nobody is right first where the list begins with nothing strong. */
export function judgeRanking(one: SuggestionCase, ranked: JudgedCase['ranked']): JudgedCase {
  const wanted = [one.expected, ...one.alsoAcceptable];
  const isRight = ({ id }: { readonly id: string }) => wanted.includes(id);
  const [first] = ranked;
  const isNone =
    one.expected === 'none' && !ranked.some(({ suggestion }) => suggestion.strength === 'strong');
  return {
    case: one,
    ranked,
    isFirst: isNone || (first !== undefined && isRight(first)),
    isInFirstThree: isNone || ranked.slice(0, 3).some(isRight),
  };
}

export function unknownOf({ unmatched, mail, others, user }: SuggestionCase): Unknown {
  const isOurs = others.some(({ role, address }) => role === 'from' && address === user.address);
  const strangers = others.filter(({ address }) => address !== user.address);
  return {
    address: unmatched.address,
    name: unmatched.name,
    isSender: unmatched.role === 'from',
    isOnlyRecipient: isOurs && strangers.length === 0,
    text: mail.text,
    others: strangers.map(({ address }) => address),
  };
}

function candidateOf(one: SuggestionCase, at: number): Candidate {
  const person = one.people[at]!;
  const account = one.accounts.find(({ id }) => id === person.account);
  return {
    personId: at,
    firstName: person.firstName,
    lastName: person.lastName,
    account: account ? { ...account, id: one.accounts.indexOf(account) } : null,
    addresses: person.addresses,
    linkedDaysAgo: person.lastLinkedByThisUserDaysAgo,
    conversations: conversationsOf(one, person),
    together: togetherOf(one, person),
  };
}

function conversationsOf({ mail, archived }: SuggestionCase, { id }: KnownPerson): Conversation[] {
  const ids = new Set([mail.inReplyTo, ...mail.references].filter((each) => each !== null));
  const subject = plainSubject(mail.subject);
  const by = (email: ArchivedEmail): Conversation['by'] | null => {
    const related = [email.messageId, ...email.references];
    if (related.some((each) => ids.has(each)) || email.references.includes(mail.messageId))
      return 'header';
    return isTellingSubject(mail.subject) && plainSubject(email.subject) === subject
      ? 'subject'
      : null;
  };
  return archived.flatMap((email, index) => {
    const how = by(email);
    if (how === null || !email.people.includes(id)) return [];
    const { subject: text, sentAt, people } = email;
    return [{ emailId: index, subject: text, sentAt, by: how, people: people.length }];
  });
}

function togetherOf({ archived, people, others }: SuggestionCase, { id }: KnownPerson): number {
  const here = people.filter(({ addresses }) =>
    others.some(({ address }) => addresses.includes(address)),
  );
  return archived.filter(
    (email) =>
      email.people.includes(id) &&
      here.some((each) => each.id !== id && email.people.includes(each.id)),
  ).length;
}
