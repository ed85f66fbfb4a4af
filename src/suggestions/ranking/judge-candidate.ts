import { bestName, WEIGHT, type BestName } from './best-name.ts';
import type { Candidate, Unknown } from './candidate.ts';
import type { NameFit, NameMatch } from './compare-name.ts';
import { judgeAddress } from './judge-address.ts';
import { judgeCompany, judgeDomain, type MailSigns } from './judge-company.ts';
import { POINTS, type Part } from './points.ts';
import type { ReadNames } from './read-names.ts';
import type { Strength, Suggestion, SuggestionReason } from './suggestion.ts';

export interface MailFacts extends MailSigns {
  readonly names: ReadNames;
}

export interface Judged extends Suggestion {
  readonly points: number;
}

const NAME_POINTS: Readonly<Record<NameFit, number>> = {
  full: 60,
  initial: 32,
  'first-initial': 30,
  surname: 22,
  first: 14,
  initials: 12,
  other: 0,
  none: 0,
};
/** A conversation with more people than this is a round mail. */
const MOST_IN_CONVERSATION = 5;
const STRONG = 50;

/** What speaks for a record; null where nothing does, or what does speaks of somebody else. */
export function judgeCandidate(
  unknown: Unknown,
  candidate: Candidate,
  facts: MailFacts,
): Judged | null {
  const name = bestName(candidate, facts.names);
  if (facts.present.has(candidate) && (name.match.fit !== 'full' || name.match.isLoose))
    return null;
  const address = judgeAddress(unknown, candidate, name.match.fit === 'full');
  const domain = judgeDomain(unknown, candidate);
  const thread = judgeConversation(candidate, name);
  const named = namePoints(name);
  const base = [named, thread, address, domain].flatMap((one) => one);
  const sum = (list: readonly Part[]) => list.reduce((total, { points }) => total + points, 0);
  const hint = named.length > 0 || thread.length > 0;
  const parts = [...base, ...judgeCompany(unknown, candidate, facts, hint)];
  if (parts.length === 0) return null;
  const lately = sum(parts) > 0 && hint ? linkedLately(candidate) : [];
  const all = [...parts, ...lately].filter(({ points }) => points > 0);
  const points = sum([...parts, ...lately]);
  const isFalse =
    facts.names.isSuspicious || (address.some(isLookalike) && !domain.some(isOwnDomain));
  const strength: Strength =
    !isFalse && points >= STRONG && isTold(name.match, thread, address) ? 'strong' : 'weak';
  return { personId: candidate.personId, strength, reasons: reasonsOf(all), points };
}

const isLookalike = ({ reason }: Part) => reason?.kind === 'lookalike';
const isOwnDomain = ({ reason }: Part) => reason?.kind === 'same-company';

/** Strong needs more than hints that add up. */
function isTold(match: NameMatch, thread: readonly Part[], address: readonly Part[]): boolean {
  if (match.generation === 'differs') return false;
  if (match.fit === 'full' && !match.isLoose) return true;
  if (match.fit === 'other') return false;
  return (
    thread.some(({ points }) => points >= POINTS.thread) ||
    address.some(({ points }) => points >= POINTS.sameLocal)
  );
}

function namePoints({ match, from, contradicts }: BestName): Part[] {
  const { fit, closeness, isLoose, generation } = match;
  if (NAME_POINTS[fit] === 0) return [];
  // Half a name in the address, beside another name that is shown, is another's.
  if (contradicts && fit !== 'full') return [];
  const raw = NAME_POINTS[fit] * (0.7 + 0.3 * closeness) * WEIGHT[from];
  const points = raw + (generation === 'same' ? 8 : generation === 'differs' ? -12 : 0);
  if (from === 'text') return [{ points, reason: { kind: 'named-in-mail' } }];
  const isSame = fit === 'full' && !isLoose && closeness > 0.5;
  return [{ points, reason: { kind: isSame ? 'same-name' : 'similar-name' } }];
}

function judgeConversation({ conversations }: Candidate, name: BestName): Part[] {
  const [first] = conversations.toSorted((one, other) => order(one.by) - order(other.by));
  if (!first) return [];
  const { emailId, subject, sentAt, by, people } = first;
  const reason: SuggestionReason = { kind: 'conversation', emailId, subject, sentAt };
  const isNamed = NAME_POINTS[name.match.fit] > 0;
  if (name.contradicts && name.match.fit !== 'full') {
    return by === 'header' ? [{ points: POINTS.threadOfAnother, reason }] : [];
  }
  if (by === 'subject' || people > MOST_IN_CONVERSATION) {
    return isNamed ? [{ points: POINTS.subject, reason }] : [];
  }
  return [{ points: POINTS.thread, reason }];
}

const order = (by: 'header' | 'subject'): number => (by === 'header' ? 0 : 1);

function linkedLately({ linkedDaysAgo: days }: Candidate): Part[] {
  if (days === null || days > 30) return [];
  const points = days <= 1 ? 10 : days <= 7 ? 8 : 4;
  return [{ points, reason: { kind: 'linked-lately', daysAgo: days } }];
}

function reasonsOf(parts: readonly Part[]): SuggestionReason[] {
  const sorted = parts.toSorted((one, other) => other.points - one.points);
  const reasons = sorted.flatMap(({ reason }) => (reason ? [reason] : []));
  return [...new Map(reasons.map((reason) => [reason.kind, reason])).values()];
}
