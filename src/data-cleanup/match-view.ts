import type { Knex } from 'knex';
import type { FieldErrors } from '../http/forms.ts';
import { findPeople, type FoundPerson } from '../people/find-people.ts';
import { guessCompany, guessName } from '../people/guess-record.ts';
import { domainOf } from '../shared/email-address.ts';
import type { Viewer } from '../shared/viewer.ts';
import { findSuggestions, type ShownSuggestion } from '../suggestions/suggestion-store.ts';
import {
  countAlike,
  countWithAddress,
  type CleanupEmail,
  type CleanupParticipant,
} from './cleanup-email-store.ts';
import { countKeptOut } from './discard-store.ts';
import { judgeRule } from './judge-rule.ts';
import { coversOurSide } from './rule-store.ts';
import { whatIsMissing, type Missing } from './what-is-missing.ts';

/** The question about a waiting email: who is this? */
export interface MatchView {
  readonly missing: Missing;
  /** The correspondent it is about; null where the mail names none. */
  readonly about: CleanupParticipant | null;
  /** What was searched, or the correspondent's name. */
  readonly query: string;
  /** Whether somebody typed it, so that what was found takes the focus. */
  readonly searched: boolean;
  readonly found: readonly FoundPerson[];
  /** Who it may be, the likeliest first: instead of what is found, until somebody searches. */
  readonly suggested: readonly ShownSuggestion[];
  /** Where nobody has the name, those with an address in this domain were looked for. */
  readonly domain: string | null;
  readonly personId: number | null;
  readonly add: boolean;
  /** Other emails that come along if it is ticked. */
  readonly others: number;
  /** Other emails that wait under the address, and are decided about as well if that is ticked. */
  readonly alike: number;
  readonly along: boolean;
  /** The never-archive rules that may be made with discarding it. */
  readonly never: readonly NeverChoice[];
  readonly errors: FieldErrors;
}

/** "Discard, and never archive this". */
export interface NeverChoice {
  readonly kind: 'address' | 'domain';
  readonly pattern: string;
  /** Other waiting emails that go along. */
  readonly others: number;
}

const FOUND = 8;
const NOBODY: Pick<MatchView, 'found' | 'domain'> = { found: [], domain: null };

/** The one that was asked for, else who decides and is not known, else anybody who may be linked. */
export function whomToMatch(
  { participants }: CleanupEmail,
  wanted: string | null,
): CleanupParticipant | null {
  const linkable = participants.filter((one) => one.linkable);
  const isOpen = (one: CleanupParticipant) => one.people.every(({ wrong }) => wrong);
  return (
    linkable.find(({ address }) => address === wanted) ??
    linkable.find((one) => one.deciding && isOpen(one)) ??
    linkable.find(isOpen) ??
    linkable[0] ??
    null
  );
}

export async function matchView(
  db: Knex,
  viewer: Viewer,
  email: CleanupEmail,
  about: CleanupParticipant | null,
  { q, person }: { readonly q: string | null; readonly person: number | null },
): Promise<MatchView> {
  const query = q ?? about?.name ?? '';
  const isAsked = q !== null || person !== null;
  const suggested =
    about === null || isAsked
      ? []
      : await findSuggestions(db, viewer, { emailId: email.id, address: about.address });
  const { found, domain } = suggested.length > 0 ? NOBODY : await findWhoItMayBe(db, about, query);
  const chosen = q === null && person === null ? soleNamesake(found, about) : person;
  return {
    missing: whatIsMissing(email.capture, email.participants),
    about,
    query,
    searched: q !== null,
    found,
    suggested,
    domain,
    personId: found.some(({ id }) => id === chosen) ? chosen : null,
    add: true,
    others: about ? await countWithAddress(db, viewer, { emailId: email.id, ...about }) : 0,
    alike: about?.address === email.aboutAddress ? await countAlike(db, viewer, email) : 0,
    along: true,
    never: about ? await neverChoices(db, viewer, email.id, about.address) : [],
    errors: {},
  };
}

async function neverChoices(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  address: string,
): Promise<NeverChoice[]> {
  const choices: NeverChoice[] = [];
  for (const [kind, pattern] of [
    ['address', address],
    ['domain', domainOf(address)],
  ] as const) {
    if (judgeRule(pattern).kind !== 'rule' || (await coversOurSide(db, pattern))) continue;
    const others = await countKeptOut(db, viewer, { emailId, pattern });
    choices.push({ kind, pattern, others });
  }
  return choices;
}

/** Records with what was searched; where that is the correspondent's name and nobody's, colleagues. */
async function findWhoItMayBe(
  db: Knex,
  about: CleanupParticipant | null,
  query: string,
): Promise<Pick<MatchView, 'found' | 'domain'>> {
  const found = await findPeople(db, { text: query, limit: FOUND });
  const asksForName = about !== null && query === about.name;
  if (found.length > 0 || !asksForName || guessCompany(about.address) === '') {
    return { found, domain: null };
  }
  const domain = domainOf(about.address);
  const near = await findPeople(db, { text: `@${domain}`, limit: FOUND });
  const there = near.filter(({ addresses }) => addresses.some((one) => domainOf(one) === domain));
  return { found: there, domain: there.length > 0 ? domain : null };
}

/**
 * The one record with the very name of the correspondent: it is chosen already, and is linked by a
 * click like any other. null where there are several, or somebody has said that it is the wrong one.
 */
function soleNamesake(
  found: readonly FoundPerson[],
  about: CleanupParticipant | null,
): number | null {
  if (about === null || about.name === '' || found.length === FOUND) return null;
  const { firstName, lastName } = guessName(about.name, null);
  const wanted = sameCase(`${firstName} ${lastName}`);
  const namesakes = found.filter(({ name }) => sameCase(name) === wanted);
  const [only] = namesakes;
  const isWrong = about.people.some(({ id, wrong }) => wrong && id === only?.id);
  return only && namesakes.length === 1 && !isWrong ? only.id : null;
}

function sameCase(name: string): string {
  return name.normalize('NFC').toLowerCase().trim();
}
