import type { Knex } from 'knex';
import type { FieldErrors } from '../../http/forms.ts';
import { findPeople, findPeopleById, type FoundPerson } from '../../people/find-people.ts';
import { guessCompany, guessName } from '../../people/guess-record.ts';
import { domainOf } from '../../shared/email-address.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { findSuggestions } from '../../suggestions/suggestion-store.ts';
import {
  countAlike,
  countWithAddress,
  type CleanupEmail,
  type CleanupParticipant,
} from './cleanup-email-store.ts';
import { countKeptOut } from '../decisions/discard-store.ts';
import { guessNewName } from '../decisions/guess-new-record.ts';
import { judgeRule } from '../rules/judge-rule.ts';
import type { MatchQuery } from './match-query.ts';
import { foundRow, suggestedRow, type PickRow } from './pick-row.ts';
import { picksIn, type NewForAddress } from '../bulk/picks.ts';
import { coversOurSide } from '../rules/rule-store.ts';
import {
  isUnknown,
  tickedFor,
  unknownAddresses,
  type UnknownAddresses,
} from './unknown-addresses.ts';
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
  /** Who it may be, the likeliest first. */
  readonly suggested: readonly PickRow[];
  /** What was searched and is not suggested; before it what is ticked and would not be seen. */
  readonly found: readonly PickRow[];
  /** Whether more was found, which is among the suggestions. */
  readonly foundAbove: boolean;
  /** The record that is as good as chosen: a key presses its button. */
  readonly personId: number | null;
  /** Whether somebody has turned to another address of the email, so that the question takes the focus. */
  readonly turned: boolean;
  /** Where nobody has the name, those with an address in this domain were looked for. */
  readonly domain: string | null;
  /** Other unknown addresses, to decide about together. */
  readonly unknown: UnknownAddresses;
  /** What a new record for this address would be called ('' if none is offered), and whether one is chosen. */
  readonly newName: string;
  readonly make: NewForAddress['kind'] | null;
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

/** The one that was asked for, else who decides and is not known, else anybody who may be linked. */
export function whomToMatch(
  { participants }: CleanupEmail,
  wanted: string | null,
): CleanupParticipant | null {
  const linkable = participants.filter((one) => one.linkable);
  return (
    linkable.find(({ address }) => address === wanted) ??
    linkable.find((one) => one.deciding && isUnknown(one)) ??
    linkable.find(isUnknown) ??
    linkable[0] ??
    null
  );
}

export async function matchView(
  db: Knex,
  viewer: Viewer,
  email: CleanupEmail,
  about: CleanupParticipant | null,
  asked: MatchQuery,
): Promise<MatchView> {
  // A search for one address says nothing of another.
  const q = asked.about === null ? asked.q : null;
  const query = q ?? about?.name ?? '';
  const address = about?.address ?? '';
  const picks = picksIn(asked);
  const ids = tickedFor(picks, address);
  const suggested =
    about === null ? [] : await findSuggestions(db, viewer, { emailId: email.id, address });
  const looked = await findWhoItMayBe(db, about, query, suggested.length > 0);
  const found = looked.found.filter(({ id }) => suggested.every((one) => one.id !== id));
  const isSeen = (id: number) => [...suggested, ...found].some((one) => one.id === id);
  const unseen = await findPeopleById(
    db,
    ids.filter((id) => !isSeen(id)),
  );
  const sure =
    q === null && asked.person === null ? soleNamesake(looked.found, about) : asked.person;
  const byForm = asked.through !== null;
  const unknown = await unknownAddresses(db, viewer, email, { about, picks });
  return {
    missing: whatIsMissing(email.capture, email.participants),
    about,
    query,
    searched: q !== null,
    suggested: suggested.map((person) => suggestedRow(person, ids)),
    found: [...unseen, ...found].map((person) => foundRow(person, ids)),
    personId: sure !== null && isSeen(sure) ? sure : null,
    foundAbove: found.length < looked.found.length,
    turned: asked.about !== null,
    domain: looked.domain,
    unknown,
    newName:
      unknown.shown.length > 0 && about ? await guessNewName(db, viewer, email.id, address) : '',
    make: picks.make.find((one) => one.address === address)?.kind ?? null,
    add: byForm ? asked.add : true,
    others: about ? await countWithAddress(db, viewer, { emailId: email.id, ...about }) : 0,
    alike: about?.address === email.aboutAddress ? await countAlike(db, viewer, email) : 0,
    along: byForm ? asked.along : true,
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

/**
 * Records with what was searched; where that is the correspondent's name and nobody's, and nobody is
 * suggested, colleagues.
 */
async function findWhoItMayBe(
  db: Knex,
  about: CleanupParticipant | null,
  query: string,
  isSuggested: boolean,
): Promise<{ readonly found: readonly FoundPerson[]; readonly domain: string | null }> {
  const found = await findPeople(db, { text: query, limit: FOUND });
  const asksForName = about !== null && query === about.name;
  if (found.length > 0 || isSuggested || !asksForName || guessCompany(about.address) === '') {
    return { found, domain: null };
  }
  const domain = domainOf(about.address);
  const near = await findPeople(db, { text: `@${domain}`, limit: FOUND });
  const there = near.filter(({ addresses }) => addresses.some((one) => domainOf(one) === domain));
  return { found: there, domain: there.length > 0 ? domain : null };
}

/**
 * The one record with the very name of the correspondent: its button stands out, and a key presses it.
 * null where there are several, or somebody has said that it is the wrong one.
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
