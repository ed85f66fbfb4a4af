import { domainOf } from '../../shared/email-address.ts';
import type { Candidate, Unknown } from './candidate.ts';
import { judgeCandidate, type Judged } from './judge-candidate.ts';
import { readNames } from './read-names.ts';
import { ownText } from './signed-names.ts';
import { squashed } from './fold-letters.ts';
import { MAX_SUGGESTIONS, type Suggestion } from './suggestion.ts';

/** Points between two that may be chance. */
const TOSS = 2;
/** A company is named where one signs. */
const OWN_LENGTH = 150;
/** What says too little to be shown. */
const LEAST_POINTS = 8;
/** So many colleagues at most are shown of whom nothing but the company is known. */
const COLLEAGUES = 3;
/** In a company with more records than this, being of it says nothing. */
const SMALL_COMPANY = 8;

/**
 * Whom an unknown address may belong to, the likeliest first, at most five. Strong are those whom a
 * person would take it for at a glance; where nobody is known, the list is empty or weak.
 */
export function rankSuggestions(unknown: Unknown, candidates: readonly Candidate[]): Suggestion[] {
  const names = readNames(unknown);
  const othersDomains = new Set(unknown.others.map(domainOf));
  const present = candidates.filter(({ addresses }) =>
    addresses.some((address) => unknown.others.includes(address)),
  );
  const own = squashed(
    `${unknown.name} ${unknown.isSender ? ownText(unknown.text).slice(-OWN_LENGTH) : ''}`,
  );
  const facts = { names, othersDomains, own, present: new Set(present) };
  const judged = candidates
    .map((candidate) => judgeCandidate(unknown, candidate, facts))
    .filter((one): one is Judged => one !== null && one.points >= LEAST_POINTS)
    .sort((one, other) => other.points - one.points || one.personId - other.personId);
  return withoutCrowd(withoutToss(judged))
    .slice(0, MAX_SUGGESTIONS)
    .map(({ personId, strength, reasons }) => ({ personId, strength, reasons }));
}

/** Of two namesakes whom nothing tells apart neither is the one at a glance. */
function withoutToss(judged: readonly Judged[]): Judged[] {
  const [first, second] = judged.filter(({ strength }) => strength === 'strong');
  if (!first || !second || first.points - second.points > TOSS) return [...judged];
  return judged.map((one) => ({ ...one, strength: 'weak' }));
}

function withoutCrowd(judged: readonly Judged[]): Judged[] {
  const isMere = ({ reasons }: Judged) =>
    reasons.every(
      ({ kind }) => kind === 'same-company' || kind === 'co-recipient' || kind === 'linked-lately',
    );
  const mere = judged.filter(isMere);
  const kept = new Set(mere.length > SMALL_COMPANY ? [] : mere.slice(0, COLLEAGUES));
  return judged.filter((one) => !isMere(one) || kept.has(one));
}
