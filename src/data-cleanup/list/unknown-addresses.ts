import type { Knex } from 'knex';
import { findPeopleById } from '../../people/find-people.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { findSuggestions } from '../../suggestions/suggestion-store.ts';
import { guessNewName } from '../decisions/guess-new-record.ts';
import type { CleanupEmail, CleanupParticipant } from './cleanup-email-store.ts';
import { foundRow, suggestedRow, type PickRow } from './pick-row.ts';
import type { NewForAddress, Picks } from '../bulk/picks.ts';

/** Another address on the email that no record has: it can be decided about at the same time. */
export interface UnknownAddress {
  readonly address: string;
  /** As the header shows it; '' for none. */
  readonly name: string;
  readonly rows: readonly PickRow[];
  /** What a new record would be called. */
  readonly newName: string;
  /** The new record that is chosen; null for none. */
  readonly make: NewForAddress['kind'] | null;
}

export interface UnknownAddresses {
  readonly shown: readonly UnknownAddress[];
  /** Whether something is chosen for one of them. */
  readonly chosen: boolean;
  /** How many more there are, which can only be asked about by themselves. */
  readonly more: number;
}

/** What is decided about at once fits on a page. */
const SHOWN = 8;
const SUGGESTED = 3;

/** Whether no record that counts has the address. */
export function isUnknown({ people }: CleanupParticipant): boolean {
  return people.every(({ wrong }) => wrong);
}

/** The unknown addresses beside the one that is asked about; what is ticked stays ticked. */
export async function unknownAddresses(
  db: Knex,
  viewer: Viewer,
  email: CleanupEmail,
  { about, picks }: { readonly about: CleanupParticipant | null; readonly picks: Picks },
): Promise<UnknownAddresses> {
  const open = new Map<string, CleanupParticipant>();
  for (const one of email.participants) {
    if (!one.linkable || one.address === about?.address || !isUnknown(one)) continue;
    const known = open.get(one.address);
    if (!known || known.name === '') open.set(one.address, one);
  }
  const isPicked = (address: string) =>
    picks.people.some((one) => one.address === address) ||
    picks.make.some((one) => one.address === address);
  const weight = (one: CleanupParticipant) => (isPicked(one.address) ? 2 : one.deciding ? 1 : 0);
  const ordered = [...open.values()].sort((a, b) => weight(b) - weight(a));
  const shown: UnknownAddress[] = [];
  for (const one of ordered.slice(0, SHOWN)) {
    shown.push(await describe(db, viewer, email.id, one, picks));
  }
  return {
    shown,
    chosen: ordered.some(({ address }) => isPicked(address)),
    more: ordered.length - shown.length,
  };
}

async function describe(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  { address, name }: CleanupParticipant,
  picks: Picks,
): Promise<UnknownAddress> {
  const ticked = tickedFor(picks, address);
  const suggested = await findSuggestions(db, viewer, { emailId, address });
  const first = suggested.slice(0, SUGGESTED);
  const missing = ticked.filter((id) => first.every((one) => one.id !== id));
  const others = await findPeopleById(db, missing);
  return {
    address,
    name,
    rows: [
      ...others.map((person) => foundRow(person, ticked)),
      ...first.map((person) => suggestedRow(person, ticked)),
    ],
    newName: await guessNewName(db, viewer, emailId, address),
    make: picks.make.find((one) => one.address === address)?.kind ?? null,
  };
}

export function tickedFor({ people }: Picks, address: string): number[] {
  return people.flatMap((one) => (one.address === address ? [one.personId] : []));
}
